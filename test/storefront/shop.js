// The stub in front of Tundish, as the README has it: what the shop says before the tracker has loaded is kept.
window.tundish ||= function f(
  a,
  b,
  n = navigator,
  p = 'tundish+',
  g = (s, k = Date.now()) => {
    for (; s[p + k]; ) k++;
    s[p + k] = JSON.stringify([a, b]);
  },
) {
  try {
    g(n.doNotTrack > 0 || n.globalPrivacyControl ? f : localStorage);
  } catch {
    g(f);
  }
};
