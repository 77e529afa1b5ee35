// The texts of the view Live in English.

export const liveEn = {
  'live.headline': { one: '{count} visitor is here now.', other: '{count} visitors are here now.' },
  'live.badge': 'live',
  'live.paused': 'paused',
  'live.period': 'Now is the last 5 minutes; everything else is the last 30.',
  'live.incomplete': 'Today has too many visits to look through all of them: the figures are too small.',
  'live.pause': 'Pause',
  'live.said': 'New: inquiries {inquiries}, orders {orders}, payments {payments}.',
  'live.figure.visitors': 'Visitors',
  'live.figure.inquiries': 'Inquiries',
  'live.figure.carts': 'Open carts',
  'live.figure.orders': 'Orders',
  'live.figure.payments': 'Payments',
  'live.minutes': 'Minute by minute',
  'live.minutes.hint': 'Visitors in each of the last 30 minutes; a dot stands over a minute with an order.',
  'live.minutes.desc':
    'Bars of the visitors in each of the last 30 minutes, at most {most}; orders in all: {orders}. The table below has the numbers.',
  'live.minutes.minute': 'Minute',
  'live.pages.views': 'Pages viewed',
  'live.stream': 'What happens',
  'live.held': 'Held still while the focus is in the list.',
  'live.where': 'Where they are, and from where',
  'live.where.page': 'Page',
  'live.where.now': 'Now',
  'live.where.half': '30 min',
  'live.none': 'Nobody has been here for 30 minutes.',
  'live.none.hint':
    'Open the shop in another window: within seconds you will see yourself here. If not, the set-up says why.',
  'live.none.open': 'Open the shop',
} as const;
