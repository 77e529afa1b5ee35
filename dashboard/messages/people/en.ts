// The texts of the view People in English.

export const peopleEn = {
  'people.lists': 'Lists',
  'people.list.asked': 'Asked, not ordered',
  'people.list.asked.is':
    'Asked in this period and have not ordered since it began. Whoever orders leaves the list by itself.',
  'people.list.unpaid': 'Ordered, not paid',
  'people.list.unpaid.is':
    'Orders placed in this period that nobody has paid so far. They leave the list once they are paid.',
  'people.list.cart': 'Left in the cart',
  'people.list.cart.is':
    'Filled a cart or began the checkout in this period, and no order followed. The value is what the shop’s page said last.',
  'people.list.left': 'Who left where',
  'people.list.left.is':
    'Everybody in this period stands at the furthest step they came to, with orders and payments up to now.',
  'people.headline.asked': {
    one: '{count} visitor asked and has not ordered.',
    other: '{count} visitors asked and have not ordered.',
  },
  'people.headline.unpaid': {
    one: '{count} order is waiting for its payment.',
    other: '{count} orders are waiting for their payment.',
  },
  'people.headline.cart': {
    one: '{count} visitor left a cart behind.',
    other: '{count} visitors left a cart behind.',
  },
  'people.gone.visit': {
    one: '{count} visitor left at once.',
    other: '{count} visitors left at once.',
  },
  'people.gone.effective': {
    one: '{count} visitor looked around and left.',
    other: '{count} visitors looked around and left.',
  },
  'people.gone.product': {
    one: '{count} visitor viewed a product and left.',
    other: '{count} visitors viewed a product and left.',
  },
  'people.gone.cart': {
    one: '{count} visitor came as far as the cart.',
    other: '{count} visitors came as far as the cart.',
  },
  'people.gone.checkout': {
    one: '{count} visitor came as far as the checkout.',
    other: '{count} visitors came as far as the checkout.',
  },
  'people.gone.order': {
    one: '{count} visitor ordered and has not paid.',
    other: '{count} visitors ordered and have not paid.',
  },
  'people.gone.payment': {
    one: '{count} visitor went all the way and paid.',
    other: '{count} visitors went all the way and paid.',
  },
  'people.steps': 'Steps',
  'people.step.visit': 'Left at once',
  'people.step.effective': 'Looked around',
  'people.step.product': 'Viewed a product',
  'people.step.cart': 'Filled the cart',
  'people.step.checkout': 'Began the checkout',
  'people.step.order': 'Ordered',
  'people.step.payment': 'Paid',
  'people.column.order': 'Order',
  'people.column.at': 'When:',
  'people.column.last': 'Last page and when',
  'people.column.channel': 'Channel',
  'people.column.worth': 'Value',
  'people.at.asked': 'Asked',
  'people.at.unpaid': 'Ordered',
  'people.at.cart': 'In the cart',
  'people.at.left': 'Came so far',
  'people.asked': 'asked',
  'people.nobody': 'no known visitor',
  'people.more': 'Show more',
  'people.none.asked': 'Nobody is waiting here',
  'people.none.asked.hint':
    'Whoever asks by chat, form, phone or mail and does not order stands here. Do inquiries arrive?',
  'people.none.unpaid': 'No unpaid orders',
  'people.none.unpaid.hint':
    'An order whose payment has not been reported stands here. Are orders and payments sent?',
  'people.none.cart': 'No carts left behind',
  'people.none.cart.hint':
    'Whoever fills a cart and does not order stands here. Does the shop report carts and checkouts?',
  'people.none.left': 'Nobody left here',
  'people.none.left.hint': 'Choose another step, or a longer period. Steps are what the shop reports.',
  'people.none.setup': 'Look at the set-up',
  'people.pseudonyms':
    'Visitors are pseudonyms: a random id that their browser made, shown shortened. Nobody’s name or address is known here.',
  'people.channels': 'The channel is that of a visitor’s first visit, of an order that of its visit.',
  'timeline.back': 'All people',
  'timeline.title': 'Visitor {visitor}',
  'timeline.last_seen': 'Last seen {ago} ({moment})',
  'timeline.zone': 'times in {zone}',
  'timeline.pages': { one: '{n} page', other: '{n} pages' },
  'timeline.engaged': { one: '{n} second of attention', other: '{n} seconds of attention' },
  'timeline.more': 'Show earlier visits',
  'timeline.unknown': 'This store knows no such visitor.',
  'timeline.unknown.hint':
    'The id may be cut short, may be another store’s, or the visitor has been erased or is older than what is kept.',
  'timeline.erase': 'Erase this visitor …',
} as const;
