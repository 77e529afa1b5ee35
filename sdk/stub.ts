// What a shop pastes inline before the tag, so that its pages may call before the script has come. At most 200 bytes.

/**
 * Keeps each call under its time in localStorage, so that a buyer who leaves before the script has come is counted on
 * return; with GPC or DNT, or where storage is denied or full, on itself.
 */
export const STUB =
  'window.tundish||=function f(a,b,n=navigator,p="tundish+",g=(s,k=+new Date)=>{for(;s[p+k];)k++;s[p+k]=JSON.stringify([a,b])}){try{g(n.doNotTrack>0||n.globalPrivacyControl?f:localStorage)}catch{g(f)}}';

/** Stores nothing, for tags with data-consent="required" or data-privacy="all": the calls wait on itself only. */
export const STUB_IN_MEMORY =
  'window.tundish||=function f(a,b,k=+new Date){for(;f["tundish+"+k];)k++;f["tundish+"+k]=JSON.stringify([a,b])}';
