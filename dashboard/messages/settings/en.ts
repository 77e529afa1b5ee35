// The texts of the view Settings in English.

export const settingsEn = {
  'settings.view.title': 'Settings of {store}',
  'settings.list': 'Sections of the settings',
  'settings.none': 'You may look at this store’s figures; its settings belong to its owner and editors.',
  'settings.recounting':
    'Settings have changed and everything is being counted anew. Until that is done, figures mix old and new.',
  'settings.save': 'Save',
  'settings.saving': 'Saving …',
  'settings.saved': 'Saved.',
  'settings.saved.recounting':
    'Saved. Everything is being counted anew, which begins within a minute; until it is done, figures mix old and new.',
  'settings.unsaved': 'Not saved yet.',
  'settings.forget': 'Discard changes',
  'settings.refused': 'The server does not accept this: {detail}',

  'settings.store.title': 'Store',
  'settings.store.lead': 'What the store is called, and where its events may come from.',
  'settings.store.timezone.hint':
    'Decides when a day begins. Another one has everything counted anew, also what is past.',
  'settings.store.currency.hint':
    'Cannot be changed: amounts are kept in it as they came, and another one would give them another meaning. Make a new store for it.',
};
