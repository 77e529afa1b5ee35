// The texts of the view Live in English.

export const liveEn = {
  'live.view.title': 'Live',
};
