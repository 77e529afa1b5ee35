// What kind of device a user agent names, and whether it is a robot's. The text itself is never stored.
import { getParser } from 'bowser';
import { isbot } from 'isbot';

export const DEVICES = ['desktop', 'mobile', 'tablet', 'tv', 'other'] as const;
export type Device = (typeof DEVICES)[number];

/** Characters that are read. Real user agents are under 400; the header of an attacker is not. */
const READ = 500;

/**
 * Answers kept per isolate. A batch's sender is mostly the last one again, and a shop's visitors share
 * a few hundred browsers; parsing costs about 5 µs, a look here 0.05 µs.
 */
const KEPT = 500;

function remember<T>(answer: (userAgent: string) => T): (userAgent: string) => T {
  const known = new Map<string, T>();
  return (userAgent) => {
    const text = userAgent.slice(0, READ);
    const before = known.get(text);
    if (before !== undefined) return before;
    const now = answer(text);
    // Starting over is cheaper than keeping a queue, and as good: what is common is soon back.
    if (known.size >= KEPT) known.clear();
    known.set(text, now);
    return now;
  };
}

/** Televisions that call themselves phones: Fire TV, Android TV, Chromecast. */
const TV = /\b(?:AFT[A-Z]+|Android TV|Google ?TV|BRAVIA|CrKey)\b/;
/** Desktops that bowser leaves open: Chromebooks and the rarer Unixes. */
const DESKTOP = /\bCrOS\b|\bX11\b/;

const platformOf = remember((userAgent): Device => {
  if (TV.test(userAgent)) return 'tv';
  const type = getParser(userAgent, true).getPlatformType(true);
  return DEVICES.find((device) => device === type) ?? (DESKTOP.test(userAgent) ? 'desktop' : 'other');
});

/** Toutiao's app calls itself NewsArticle, and isbot takes "News" for a feed reader. */
const PEOPLE = /\bNewsArticle\//;

const looksRobotic = remember((userAgent) => isbot(userAgent.replace(PEOPLE, '')));

/** The device as its browser describes it; an iPad that asks for desktop pages says it is a desktop. */
export const deviceOf = (userAgent: string | null): Device => (userAgent ? platformOf(userAgent) : 'other');

/** Browsers always name themselves, so who does not is a program. */
export const isRobot = (userAgent: string | null): boolean => !userAgent?.trim() || looksRobotic(userAgent);
