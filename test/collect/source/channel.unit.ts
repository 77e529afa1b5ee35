// Where a visit came from: a table of landings, a row a case, and garbage that must do no harm.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../../sdk/event.ts';
import { CHANNELS, originOf } from '../../../worker/collect/source/channel.ts';
import { BROWSERS, type Row, TAGS } from './landings.ts';
import { REFERRERS } from './referrers.ts';

const ownHosts = new Set(['shop.example', 'mine.myshopify.com', 'localhost:8787', '10.0.0.7']);
const land = (
  query = '',
  referrer?: string,
  userAgent: string | null = null,
  page = 'https://www.shop.example/p/1',
) => originOf({ url: new URL(page + query), referrer, userAgent, ownHosts });

const said = (row: Row): string | null => {
  const origin = land(row.query, row.referrer, row.userAgent ?? null);
  return origin && `${origin.channel} ${origin.source} ${origin.medium}`;
};

describe('by referrer', () => {
  it.each(REFERRERS)('%s is %s', (referrer, expected) => {
    expect(said({ referrer, expected })).toBe(expected);
  });
});

describe('by address', () => {
  it.each(TAGS)('$query $referrer is $expected', (row) => {
    expect(said(row)).toBe(row.expected);
  });
});

describe('by in-app browser', () => {
  it.each(BROWSERS)('$userAgent is $expected', (row) => {
    expect(said(row)).toBe(row.expected);
  });
});

describe('own pages', () => {
  it.each([
    ['https://www.shop.example/p/1', 'https://shop.example/'],
    ['https://www.shop.example/p/1', 'https://checkout.shop.example/thanks'],
    ['https://mine.myshopify.com/', 'https://mine.myshopify.com/cart'],
    ['http://localhost:8787/', 'http://localhost:8787/cart'],
    ['http://10.0.0.7:3000/', 'http://10.0.0.7:3000/cart'],
    // A page that is on no list is still no source for itself.
    ['https://a.unlisted.example/', 'https://b.unlisted.example/'],
  ])('%s from %s says nothing', (page, referrer) => {
    expect(land('', referrer, null, page)).toBeNull();
  });

  it.each([
    ['https://mine.myshopify.com/', 'https://theirs.myshopify.com/', 'theirs.myshopify.com'],
    ['http://localhost:8787/', 'http://localhost:3000/', 'localhost:3000'],
    ['https://www.shop.example/', 'https://notshop.example/', 'notshop.example'],
    ['https://www.shop.example/', 'http://192.168.1.4:8080/wiki', '[ip]:8080'],
  ])('%s from %s is a referral by %s', (page, referrer, source) => {
    expect(land('', referrer, null, page)).toMatchObject({ channel: 'referral', source });
  });
});

describe('the rest of an origin', () => {
  it('keeps campaign, term and content as they were written', () => {
    expect(
      land(
        '?utm_source=Google&utm_medium=CPC&utm_campaign=Spring+Sale&utm_term=Red+Shoes&utm_content=A&gclid=1',
      ),
    ).toEqual({
      channel: 'paid_search',
      source: 'google',
      medium: 'cpc',
      campaign: 'Spring Sale',
      term: 'Red Shoes',
      content: 'A',
      click: 'gclid',
    });
  });

  it('takes the source of a bare campaign from the referrer', () => {
    expect(land('?utm_campaign=launch', 'https://t.co/')).toMatchObject({
      channel: 'organic_social',
      source: 'x',
      campaign: 'launch',
    });
  });

  it('takes the source of a bare campaign from the app when there is no referrer', () => {
    expect(land('?utm_campaign=launch', undefined, 'MicroMessenger/8.0.49')).toMatchObject({
      source: 'wechat',
      campaign: 'launch',
    });
  });

  it('prefers the click identifier of an ad to one that every link carries', () => {
    expect(land('?fbclid=1&gclid=1')).toMatchObject({ click: 'gclid', source: 'google' });
  });

  it('cuts texts at the limit and never through a character', () => {
    const long = `${'a'.repeat(LIMITS.text - 1)}😀😀`;
    const origin = land(`?utm_source=${long}&utm_medium=${long}&utm_campaign=${long}`);
    expect(origin?.campaign).toBe('a'.repeat(LIMITS.text - 1));
    expect(origin?.source).toBe('a'.repeat(LIMITS.text - 1));
  });
});

describe('garbage', () => {
  const hosts = fc.oneof(
    fc.webUrl({ withQueryParameters: true }),
    fc.domain().map((domain) => `https://${domain}/`),
    fc.string().map((text) => `android-app://${text}`),
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      'null',
      'about:blank',
      'https://',
      '//',
      'https://%',
      'file:///etc',
      'https://google.com.',
    ),
  );
  const words = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      'constructor',
      '__proto__',
      'toString',
      'google',
      'CPC',
      'ﬀ',
      'İ'.repeat(300),
      '..',
      'a..b',
    ),
  );

  it('never throws and always answers within the closed list and the limits', () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.constantFrom('utm_source', 'utm_medium', 'utm_campaign', 'gclid', 'fbclid', 'x'),
          words,
        ),
        fc.option(hosts, { nil: undefined }),
        fc.option(fc.string({ unit: 'binary' }), { nil: null }),
        (query, referrer, userAgent) => {
          const origin = land(`?${new URLSearchParams(query)}`, referrer, userAgent);
          if (!origin) return;
          expect(CHANNELS).toContain(origin.channel);
          for (const text of [origin.source, origin.medium, origin.campaign]) {
            if (text === null) continue;
            expect(text.length).toBeLessThanOrEqual(LIMITS.text);
            expect(text.isWellFormed()).toBe(true);
          }
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('reads a very long referrer and user agent in no time', () => {
    const started = performance.now();
    for (const unit of ['a', 'a.', '-', ' ', 'QQ/', 'Weibo (']) {
      const text = unit.repeat(60_000);
      land(`?utm_source=${encodeURIComponent(text)}&utm_medium=${encodeURIComponent(text)}`);
      land('', `https://${text}/`, text);
      land('', undefined, text);
    }
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
