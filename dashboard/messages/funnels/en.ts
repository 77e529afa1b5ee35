// The texts of the view Funnels in English.

export const funnelsEn = {
  'funnels.view.title': 'Funnels',
};
