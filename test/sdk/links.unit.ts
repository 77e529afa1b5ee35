// Which links ask the shop something, row by row, and which only look like it.
import { describe, expect, it } from 'vitest';
import * as source from '../../sdk/links.ts';
import { both } from './both.ts';

describe.each(await both('links', source))('%s', (_, { LINK }) => {
  /** As a browser has it: scheme and host in lower case. */
  const wayOf = (href: string): string | undefined => {
    const match = LINK.exec(URL.canParse(href) ? new URL(href).href : href);
    return match ? (match[1] ?? 'chat') : undefined;
  };

  describe('a link that asks', () => {
    it.each([
      ['tel:+861012345678', 'tel'],
      ['TEL:4008001234', 'tel'],
      ['mailto:hello@shop.example', 'mailto'],
      ['mailto:hello@shop.example?subject=Tea', 'mailto'],
      ['sms:+15550100', 'sms'],
      ['sms:+15550100?body=Hello', 'sms'],
      ['https://wa.me/15550100', 'chat'],
      ['https://wa.me/15550100?text=Hi', 'chat'],
      ['https://wa.me/message/ABC', 'chat'],
      ['https://api.whatsapp.com/send?phone=15550100', 'chat'],
      ['https://api.whatsapp.com/send/?phone=15550100&text=Hi', 'chat'],
      ['https://web.whatsapp.com/send?phone=15550100', 'chat'],
      ['https://m.me/halfmoon', 'chat'],
      ['http://www.m.me/halfmoon?ref=shop', 'chat'],
      ['https://ig.me/m/halfmoon', 'chat'],
      ['https://line.me/R/ti/p/@halfmoon', 'chat'],
      ['https://line.me/R/ti/p/%40halfmoon', 'chat'],
      ['https://lin.ee/aBcDeF', 'chat'],
      ['https://t.me/halfmoon', 'chat'],
      ['https://T.ME/halfmoon', 'chat'],
      ['https://zalo.me/0123456789', 'chat'],
      ['https://work.weixin.qq.com/kfid/kfc123', 'chat'],
      ['weixin://dl/business/?t=abc', 'chat'],
      ['http://wpa.qq.com/msgrd?v=3&uin=10000&site=qq&menu=yes', 'chat'],
      ['https://wpa.qq.com/msgrd?uin=10000', 'chat'],
      ['aliim:sendmsg?uid=cntaobaohalfmoon', 'chat'],
      ['http://amos.alicdn.com/getcid.aw?v=3&uid=halfmoon', 'chat'],
    ])('%s: %s', (href, via) => {
      expect(wayOf(href)).toBe(via);
    });
  });

  describe('a link that does not', () => {
    it.each([
      // Hosts, never substrings.
      'https://shop.example/get.me',
      'https://shop.example/?to=https://t.me/halfmoon',
      'https://shop.example/wa.me/15550100',
      'https://internet.me/halfmoon',
      'https://t.me.evil.example/halfmoon',
      'https://at.me/halfmoon',
      'https://m.me.example/',
      'https://alicdn.com/getcid.aw',
      'https://mp.weixin.qq.com/s/abc',
      'https://www.qq.com/',
      'https://target.me/',
      'https://amos-alicdn.com/getcid.aw',
      'https://shop.example/?a=https://m.me/x',
      'telnet:shop.example',
      'ftp://t.me/halfmoon',
      // Passing a page on to friends.
      'mailto:?subject=Look&body=https://shop.example/p/1',
      'sms:?body=https://shop.example/p/1',
      'https://wa.me/?text=https://shop.example/p/1',
      'https://api.whatsapp.com/send?text=https://shop.example/p/1',
      'https://t.me/share/url?url=https://shop.example',
      'https://line.me/R/msg/text/?Look',
      // Everything else.
      'https://shop.example/contact',
      'javascript:void(0)',
      '#chat',
      '',
    ])('%s', (href) => {
      expect(wayOf(href)).toBeUndefined();
    });
  });
});
