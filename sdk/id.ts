// Ids: made once by whoever saw the thing, so that sending it again is free. Pure but for randomness.

// 32 random bits a page. Not crypto.randomUUID, which is missing on plain http pages.
let count = /* @__PURE__ */ crypto.getRandomValues(new Uint32Array(1))[0] as number;

/**
 * The time in nine characters of base 32, which begin with a digit until the year 2527, and a count that begins
 * anywhere: it parts the pages of one millisecond, and within a page it orders the events of one time, whose tie the id
 * breaks. For a visitor a pseudonym that says nothing about its bearer but when it was made. Ids that grow are inserted
 * about twice as fast as random ones.
 */
export const newId = (at: number): string => at.toString(32) + (count++).toString(32);
