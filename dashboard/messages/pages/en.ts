// The texts of the view Pages in English.

export const pagesEn = {
  'pages.view.title': 'Pages',
};
