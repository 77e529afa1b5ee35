// The texts of the view People in English.

export const peopleEn = {
  'people.view.title': 'People',
};
