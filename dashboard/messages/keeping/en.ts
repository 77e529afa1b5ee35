// The texts of the settings about what is kept of a store, in English.

export const keepingEn = {};
