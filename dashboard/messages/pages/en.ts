// The texts of the view Pages in English.

export const pagesEn = {
  'pages.tab': 'Pages',
  'pages.tab.entry': 'Entry pages',
  'pages.tab.seen': 'Points of interest',
  'pages.tab.exit': 'Exit pages',
  'pages.column.page': 'Page',
  'pages.entry.visitor.is': 'Visitors by the page on which their first visit ever began.',
  'pages.entry.visit.is': 'Visits by the page on which they began.',
  'pages.exit.visitor.is':
    'Visitors by the page on which their first visit ever ended. Count visits to see where each of them ended.',
  'pages.exit.visit.is': 'Visits by the page on which they ended.',
  'pages.seen.visitor.is':
    'Pages by how many visitors viewed them. Who asked, ordered or paid counts for each page first viewed before that, in this period; one visitor counts on many pages, so that rows do not add up.',
  'pages.seen.visit.is':
    'Pages by in how many visits they were viewed. Who asked, ordered or paid counts for each page first viewed before that, in the same visit; one visit counts on many pages, so that rows do not add up.',
  'pages.seen.first': 'The {n} most seen pages.',
  'pages.entry.head': 'Most begin on {page}: {count} of {all}.',
  'pages.seen.head': '{page} is seen most: by {count} of {all}.',
  'pages.exit.head': 'Most leave from {page}: {count} of {all}.',
  'pages.none': 'No pages',
  'pages.none.hint': 'Where visits begin and end, and what those who saw a page did next, stands here.',
  'pages.seen.visitors.visitor': 'Seen by',
  'pages.seen.visitors.visit': 'Visits',
  'pages.seen.views': 'Views',
  'pages.seen.exits': 'Left there',
  'pages.seen.exit_rate': 'Exit rate',
  'pages.seen.exit_rate.is': 'Visits that ended on the page, out of its views',
  'pages.seen.consult_rate': 'Asked after',
  'pages.seen.visit_to_order_rate': 'Ordered after',
  'pages.seen.deal_conversion': 'Paid after',
  'pages.all': 'All pages',
};
