// What the views of channels and of pages say of their tables in English.

export const tablesEn = {
  'table.search': 'Search',
  'table.none': 'Nothing here is called “{text}”.',
  'table.none.clear': 'Show all',
  'table.columns': 'Columns',
  'table.columns.usual': 'The usual ones',
  'table.beside': 'Under each rate',
  'table.beside.rest': 'Against the rest',
  'table.beside.before': 'Against before',
  'table.little': 'too little data',
  'table.above': '{points} points above the rest, which has {rest}',
  'table.below': '{points} points below the rest, which has {rest}',
  'table.sure': 'more than chance (corrected p {p})',
  'table.rest.is':
    'The rest is all of the total that is not in the row. A difference in bold is more than chance.',
  'table.test': 'How differences are tested',
  'table.test.is':
    'By the two-proportion z-test, corrected by Holm’s method for the number of rows: of 20 tables without any real difference, chance alone puts something in bold in one at most. Too little data: on one side fewer than 5 are expected who do it (order, ask, pay), or fewer than 5 who do not. Visits of one person are not independent of each other, so that differences of visits look a little surer than they are.',
  'table.before.is':
    'Each figure against the days it is compared with; rates are coloured where the change is more than chance.',
  'table.best.visitor': '{name} sells best: {rate} order, against {rest} of all others.',
  'table.best.visit': '{name} sells best: {rate} of visits lead to an order, against {rest} of all others.',
  'table.best.none': 'No row’s visit-to-order rate is above the rest by more than chance.',
};
