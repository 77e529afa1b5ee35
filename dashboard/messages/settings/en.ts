// The texts of the view Settings in English.

export const settingsEn = {
  'settings.view.title': 'Settings',
};
