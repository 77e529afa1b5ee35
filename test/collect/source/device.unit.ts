// Devices and robots by user agent, a row a case.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEVICES, type Device, deviceOf, isRobot } from '../../../worker/collect/device.ts';
import { BROWSERS } from './landings.ts';

const CHROME = 'AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0';
const SAFARI = 'AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5';

const PEOPLE: readonly [Device, string][] = [
  ['desktop', `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${CHROME} Safari/537.36`],
  ['desktop', `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${CHROME} Safari/537.36 Edg/126.0.0.0`],
  ['desktop', `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${SAFARI} Safari/605.1.15`],
  ['desktop', 'Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0'],
  ['desktop', `Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) ${CHROME} Safari/537.36`],
  ['desktop', 'Mozilla/5.0 (X11; FreeBSD amd64; rv:127.0) Gecko/20100101 Firefox/127.0'],
  ['mobile', `Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) ${SAFARI} Mobile/15E148 Safari/604.1`],
  ['mobile', `Mozilla/5.0 (Linux; Android 10; K) ${CHROME} Mobile Safari/537.36`],
  ['mobile', `Mozilla/5.0 (Linux; Android 12; NOH-AN00) ${CHROME} HuaweiBrowser/15.0 Mobile Safari/537.36`],
  ['mobile', `Mozilla/5.0 (Linux; Android 13; CUBOT X50) ${CHROME} Mobile Safari/537.36`],
  ['tablet', `Mozilla/5.0 (iPad; CPU OS 16_5 like Mac OS X) ${SAFARI} Mobile/15E148 Safari/604.1`],
  ['tablet', `Mozilla/5.0 (Linux; Android 14; SM-X710) ${CHROME} Safari/537.36`],
  [
    'tv',
    'Mozilla/5.0 (SMART-TV; Linux; Tizen 6.0) AppleWebKit/538.1 (KHTML, like Gecko) Version/6.0 TV Safari/538.1',
  ],
  ['tv', `Mozilla/5.0 (Web0S; Linux/SmartTV) ${CHROME} Safari/537.36 WebAppManager`],
  ['tv', `Mozilla/5.0 (Linux; Android 9; AFTMM Build/PS7233) ${CHROME} Mobile Safari/537.36`],
  ['tv', `Mozilla/5.0 (Linux; Android 11; BRAVIA 4K VH2) ${CHROME} Safari/537.36`],
  [
    'other',
    'Mozilla/5.0 (PlayStation; PlayStation 5/2.26) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/13.0 Safari/605.1.15',
  ],
];

const ROBOTS: readonly string[] = [
  'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
  'Mozilla/5.0 (compatible; Baiduspider/2.0; +http://www.baidu.com/search/spider.html)',
  'Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)',
  'Mozilla/5.0 (Linux; Android 5.0) AppleWebKit/537.36 (KHTML, like Gecko) Mobile Safari/537.36 (compatible; Bytespider; spider-feedback@bytedance.com)',
  'Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)',
  'facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)',
  'WhatsApp/2.23.20.0',
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/126.0.0.0 Safari/537.36',
  'curl/8.5.0',
  'python-requests/2.32.0',
  'node',
  '',
  ' ',
];

describe('device', () => {
  it.each(PEOPLE)('%s: %s', (device, userAgent) => {
    expect(deviceOf(userAgent)).toBe(device);
    // From memory it is the same.
    expect(deviceOf(userAgent)).toBe(device);
  });

  it.each([null, '', 'x'])('other: %j', (userAgent) => {
    expect(deviceOf(userAgent)).toBe('other');
  });

  it('never throws, whatever a header says', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 2000 }), (userAgent) => {
        expect(DEVICES).toContain(deviceOf(userAgent));
        expect(typeof isRobot(userAgent)).toBe('boolean');
      }),
    );
  });

  it('reads a header of an attacker in no time', () => {
    const started = performance.now();
    for (const unit of ['a', ' ', '(', 'Android ', 'Mozilla/5.0 (']) deviceOf(unit.repeat(20_000));
    expect(performance.now() - started).toBeLessThan(500);
  });
});

describe('robots', () => {
  it.each(ROBOTS)('robot: %j', (userAgent) => {
    expect(isRobot(userAgent)).toBe(true);
  });

  it('takes an absent user agent for a robot', () => {
    expect(isRobot(null)).toBe(true);
  });

  it.each(PEOPLE)('%s is nobody’s robot: %s', (_, userAgent) => {
    expect(isRobot(userAgent)).toBe(false);
  });

  it.each(BROWSERS)('an app’s browser is nobody’s robot: $userAgent', ({ userAgent }) => {
    expect(isRobot(userAgent ?? null)).toBe(false);
  });
});
