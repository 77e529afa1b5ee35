// What became of the events of one request, in words. Pure.
import { type Answer, type Batch, EVENT_REASONS, type WireEvent } from '../event.ts';
import { CAUSES, type Cause, type Texts } from './causes.ts';
import { REASONS } from './reasons.zh-CN.ts';

export type Language = keyof Texts;

const FATES = {
  kept: { en: 'kept.', 'zh-CN': '已保存。' },
  known: { en: 'had come before; it counts once.', 'zh-CN': '之前已收到；只计一次。' },
  mixed: {
    en: 'kept, or had come before, as {duplicate} of these {events} had.',
    'zh-CN': '已保存，或之前已收到（这 {events} 个中有 {duplicate} 个）。',
  },
  held: { en: 'held until there is consent.', 'zh-CN': '等待同意，暂留。' },
  unmeasured: { en: 'not measured.', 'zh-CN': '不统计。' },
  refused: { en: 'refused, {reason}: {says}', 'zh-CN': '被拒绝，{reason}：{says}' },
  later: {
    en: 'waiting; the answer was {status}. It is sent again in {after} s at the earliest.',
    'zh-CN': '等待中；应答为 {status}。最早 {after} 秒后重发。',
  },
  waiting: {
    en: 'waiting; the answer was {status}. It is sent again after a pause.',
    'zh-CN': '等待中；应答为 {status}。稍后重发。',
  },
  stranger: {
    en: 'waiting; something else answered in the collector’s place ({status}). It is sent again after a pause.',
    'zh-CN': '等待中；应答的不是采集端（{status}）。稍后重发。',
  },
  failed: {
    en: 'waiting; no connection. It is sent again after a pause.',
    'zh-CN': '等待中；没有连接。稍后重发。',
  },
} as const satisfies Record<string, Texts>;
export type Fate = keyof typeof FATES;

type Values = Record<string, unknown>;

const fill = (text: string, values: Values): string =>
  text.replace(/\{(\w+)\}/g, (_, name: string) => `${values[name]}`);

/** A cause, with what the page knows about it. */
export const causeLine = (language: Language, cause: Cause, values: Values): string =>
  `Tundish: ${fill(CAUSES[cause][language], values)}`;

/** An event's type, what tells it from others of its type, and its fate. */
export const fateLine = (language: Language, event: object, fate: Fate, values: Values = {}): string => {
  const { type, order, via, name, item, url } = event as Record<string, unknown>;
  // The tag spares the bytes that would make a query tidy.
  const page = type === 'visit' ? `${url}`.replace(/[?&]+(#|$)/, '$1') : undefined;
  const which = order ?? via ?? name ?? item ?? page;
  return `Tundish: ${type}${which === undefined ? '' : ` ${which}`}: ${fill(FATES[fate][language], values)}`;
};

/** What came back; `after` is the header Retry-After. */
export interface Reply {
  status: number;
  after: string | null;
  text: string;
}

/** What the collector answers: an account of the events, or a problem document. */
type Said = Partial<Answer> & { code?: string; detail?: string };

export interface Told {
  /** A line an event. */
  lines: string[];
  /** Whether all is well: all events are kept. */
  fine: boolean;
  cause?: Cause;
}

const saidBy = (text: string): Said | undefined => {
  try {
    return JSON.parse(text) as Said;
  } catch {
    return undefined;
  }
};

/** The contract's words for a reason; a problem document brings its own. */
const wordsOf = (language: Language, reason: string, detail?: string): string | undefined =>
  ((language === 'en' ? EVENT_REASONS : REASONS) as Record<string, string>)[reason] ?? detail;

/** The fates of a request's events by its answer, as the tracker takes it: acknowledged, refused, or to be repeated. */
export const fatesOf = (language: Language, { events }: Batch, reply: Reply): Told => {
  const { status } = reply;
  const said = saidBy(reply.text);
  const isOk = status >= 200 && status < 300;
  const all = (fate: Fate, values: Values = {}): string[] =>
    events.map((event) => fateLine(language, event, fate, { status, ...values }));
  if (status > 499 || status === 408 || status === 429) {
    const after = Number(reply.after);
    return { lines: after ? all('later', { after }) : all('waiting'), fine: false };
  }
  if (isOk && !said?.rejected) return { lines: all('stranger'), fine: false };
  if (!isOk) {
    const reason = said?.code ?? `${status}`;
    const says = wordsOf(language, reason, said?.detail) ?? '';
    const cause = reason in CAUSES ? { cause: reason as Cause } : {};
    return { lines: all('refused', { reason, says }), fine: false, ...cause };
  }
  const { rejected = [], duplicate = 0 } = said ?? {};
  const left = events.length - rejected.length;
  const fate = duplicate === 0 ? 'kept' : duplicate < left ? 'mixed' : 'known';
  const line = (event: WireEvent): string => {
    const reason = rejected.find(({ id }) => id === event.id)?.reason;
    return reason
      ? fateLine(language, event, 'refused', { reason, says: wordsOf(language, reason) })
      : fateLine(language, event, fate, { duplicate, events: left });
  };
  const isBot = rejected.some(({ reason }) => reason === 'bot');
  return { lines: events.map(line), fine: rejected.length === 0, ...(isBot && { cause: 'bot' }) };
};
