// The texts of the settings about who may see a store, in English.

export const accessEn = {};
