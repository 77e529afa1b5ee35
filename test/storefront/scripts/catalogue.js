// What Halfmoon Tea sells. Prices are in cents, so that sums stay exact.

export const CURRENCY = 'USD';

export const CATEGORIES = { tea: 'Loose tea', teaware: 'Teaware', gift: 'Gifts' };

export const PRODUCTS = [
  {
    sku: 'silver-needle',
    name: 'Silver Needle',
    category: 'tea',
    cents: 2400,
    kind: 'White tea, 50 g',
    about:
      'Only the downy first buds, picked on dry mornings in March and left to wither in the shade. ' +
      'Pale in the cup, with melon and fresh hay, and very hard to oversteep.',
    facts: { Origin: 'Fuding, Fujian', Water: '80 °C', Steep: '4 minutes, three times' },
  },
  {
    sku: 'jade-cloud',
    name: 'Jade Cloud',
    category: 'tea',
    cents: 1450,
    kind: 'Green tea, 100 g',
    about:
      'A mountain green from small plots above the cloud line, fired in a wok by the family that grew it. ' +
      'Chestnut, sweet pea, and a clean finish. Our everyday cup.',
    facts: { Origin: 'Enshi, Hubei', Water: '75 °C', Steep: '2 minutes, twice' },
  },
  {
    sku: 'iron-goddess',
    name: 'Iron Goddess',
    category: 'tea',
    cents: 1890,
    kind: 'Oolong, 100 g',
    about:
      'Tightly rolled leaves that open over six or seven steepings, from orchid to warm butter. ' +
      'Lightly roasted over charcoal twice, a month apart.',
    facts: { Origin: 'Anxi, Fujian', Water: '95 °C', Steep: '1 minute, six times' },
  },
  {
    sku: 'night-ferry',
    name: 'Night Ferry',
    category: 'tea',
    cents: 1250,
    kind: 'Black tea with bergamot, 100 g',
    about:
      'Malty Yunnan black with cold-pressed bergamot and a few blue cornflowers. ' +
      'Made for long crossings: it takes milk, it takes lemon, it takes being forgotten in the pot.',
    facts: { Origin: 'Lincang, Yunnan', Water: '95 °C', Steep: '3 minutes' },
  },
  {
    sku: 'river-gaiwan',
    name: 'River Gaiwan',
    category: 'teaware',
    cents: 2800,
    kind: 'Porcelain, 120 ml',
    about:
      'Lid, bowl and saucer in thin white porcelain with one brushed blue line. ' +
      'The flared rim stays cool enough to hold, and the lid shows you the leaves.',
    facts: { Holds: '120 ml', Made: 'Jingdezhen', Care: 'Dishwasher safe' },
  },
  {
    sku: 'clay-teapot',
    name: 'Clay Teapot',
    category: 'teaware',
    cents: 6400,
    kind: 'Unglazed clay, 180 ml',
    about:
      'A small, quick-pouring pot of red clay, thrown by hand. It learns the tea you drink: ' +
      'keep it to one kind and it gives a little back with every year.',
    facts: { Holds: '180 ml', Made: 'Chaozhou', Care: 'Rinse with hot water, no soap' },
  },
  {
    sku: 'dusk-cups',
    name: 'Dusk Cups',
    category: 'teaware',
    cents: 2200,
    kind: 'Stoneware, a pair',
    about:
      'Two cups dipped once in ink-blue glaze and once in sand, so no two horizons are alike. ' +
      'A comfortable weight, warm in the hand.',
    facts: { Holds: '90 ml each', Made: 'In our own studio', Care: 'Dishwasher safe' },
  },
  {
    sku: 'four-phases',
    name: 'Four Phases',
    category: 'gift',
    cents: 2999,
    kind: 'Tasting box, 4 × 25 g',
    about:
      'All four of our teas in small tins, with a card that tells how to brew each. ' +
      'For someone who says they do not know what they like yet.',
    facts: { Contains: 'White, green, oolong, black', Cups: 'About 40', Wrapped: 'Yes, with your note' },
  },
];

export const findProduct = (sku) => PRODUCTS.find((product) => product.sku === sku);

const format = new Intl.NumberFormat('en-US', { style: 'currency', currency: CURRENCY });
export const showPrice = (cents) => format.format(cents / 100);

/** Tundish, like GA4, takes major units: 14.5 is fourteen dollars and a half. */
export const majorUnits = (cents) => cents / 100;

export const productPage = (product) => `product.html?sku=${product.sku}`;
export const picture = (product) => `pictures/${product.sku}.svg`;
