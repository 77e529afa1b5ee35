// What leaves the page of its address, row by row.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as source from '../../sdk/page.ts';
import { CLICKS } from '../../worker/collect/source/tables/clicks.ts';
import { both } from './both.ts';

const SHOP = 'https://shop.example';

const tidy = (url: string): string =>
  url
    .replace(/\?&+/, '?')
    .replace(/&+/g, '&')
    .replace(/[?&]+(?=#|$)/, '');

describe.each(await both('page', source))('%s', (_, { pagePath, pageUrl }) => {
  describe('the address that is sent', () => {
    it.each([
      ['/', '/'],
      ['/p/1?utm_source=x', '/p/1?utm_source=x'],
      ['/p/1?q=red+shoes&email=a@b.example&token=1', '/p/1'],
      ['/?utm_source=a&utm_medium=b&utm_campaign=c&utm_term=d&utm_content=e&utm_id=f', null],
      ['/?utm_source=', '/'],
      ['/?utm_campaign=summer%20sale%26more', null],
      ['/?x=1&utm_source=news&y=2', '/?utm_source=news'],
      ['/?my-utm_source=x&xutm_source=y', '/'],
      ['/?q=a?utm_source=b', '/?utm_source=b'],
      ['/?gclid=EAIaIQobChMI&fbclid=IwAR0', '/?gclid=&fbclid='],
      ['/?gclid=', '/?gclid='],
      ['/?gclid', '/'],
      ['/?ScCid=abc&li_fat_id=x&igsh=y&igshid=z', '/?ScCid=&li_fat_id=&igsh=&igshid='],
      ['/?userid=7&sid=8&orderid=9&id=10', '/'],
      ['/#top', '/'],
      ['/#access_token=1', '/'],
      ['/#/cart', '/#/cart'],
      ['/#!/cart/2', '/#!/cart/2'],
      ['/#/cart?token=1&utm_source=x', '/#/cart'],
      ['/#/access_token=secret&id=1', '/#/access_token'],
      ['/shop?gclid=a&secret=1#/cart', '/shop?gclid=#/cart'],
      ['/路径?utm_campaign=双十一', '/%E8%B7%AF%E5%BE%84?utm_campaign=%E5%8F%8C%E5%8D%81%E4%B8%80'],
    ])('%s', (from, to) => {
      // The tag spares the bytes that would make a query tidy.
      expect(tidy(pageUrl(new URL(SHOP + from)))).toBe(SHOP + (to ?? from));
    });

    it('leaves out the user and the password', () => {
      expect(tidy(pageUrl(new URL('https://ann:secret@shop.example/a')))).toBe('https://shop.example/a');
    });

    it('tells of every common click id only that it is there', () => {
      // Those whose ads carry another one, or set utm_*, too, are not worth their bytes in the script.
      const rare = ['qz_gdt', 'tblci', 'dicbo', '_kx', 'awc', 'cjevent', 'ranmid'];
      const common = [...CLICKS.keys()].filter((name) => !rare.includes(name));
      expect(common.length).toBeGreaterThan(25);
      for (const name of common)
        expect(tidy(pageUrl(new URL(`${SHOP}/?${name}=s3cret`)))).toBe(`${SHOP}/?${name}=`);
    });

    it('never leaks a parameter that is not on the list', () => {
      const word = fc.stringMatching(/^[a-z_]{1,12}$/).filter((name) => !/^utm_/.test(name));
      fc.assert(
        fc.property(fc.array(fc.tuple(word, fc.string())), fc.string(), (query, hash) => {
          const url = new URL(`${SHOP}/a`);
          for (const [name, value] of query) url.searchParams.append(name, `secret${value}`);
          url.hash = `token=secret${hash}`;
          expect(pageUrl(url)).not.toContain('secret');
        }),
      );
    });
  });

  it.each([
    ['/a?x=1', '/a?x=2', true],
    ['/a', '/b', false],
    ['/a#top', '/a#end', true],
    ['/a#/x', '/a#/y', false],
  ])('%s and %s: the same page is %s', (a, b, same) => {
    expect(pagePath(new URL(SHOP + a)) === pagePath(new URL(SHOP + b))).toBe(same);
  });
});
