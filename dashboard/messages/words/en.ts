// Words that several views need and the overview does not: what happened, and how somebody asked.

export const wordsEn = {
  'words.visitor': 'Visitor',
  'event.visit': 'Page viewed',
  'event.inquiry': 'Inquiry',
  'event.order': 'Order',
  'event.payment': 'Payment',
  'event.product': 'Product viewed',
  'event.cart': 'Added to the cart',
  'event.checkout': 'Checkout begun',
  'event.refund': 'Refund',
  'event.review': 'Review',
  'event.share': 'Shared',
  'event.custom': 'Custom step',
  'event.engaged': 'Attention on a page',
  'via.chat': 'by chat',
  'via.form': 'by form',
  'via.phone': 'by phone',
  'via.email': 'by e-mail',
  'via.message': 'by message',
  'via.other': 'another way',
};
