// Lines of an import file made complete: a missing visit from 30-minute gaps, a missing id from the line's content.
import { createHash } from 'node:crypto';
import { LIMITS } from '../../sdk/event.ts';

type Line = Record<string, unknown>;

/** A short digest of [0-9a-z], the same for the same text for ever. */
const digest = (text: string, length: number) =>
  BigInt(`0x${createHash('sha256').update(text).digest('hex')}`)
    .toString(36)
    .slice(0, length);

/** Milliseconds since 1970 from a number or ISO 8601 with a zone; anything else stays as it is, to be refused. */
function timeOf(at: unknown): unknown {
  if (typeof at !== 'string') return at;
  const zoned = /(Z|[+-]\d\d:?\d\d)$/i.test(at);
  const time = zoned ? Date.parse(at) : Number.NaN;
  return Number.isNaN(time) ? at : time;
}

/** A line's object, or null when the line is not one. */
export function readLine(text: string): Line | null {
  try {
    const line: unknown = JSON.parse(text);
    if (typeof line !== 'object' || line === null || Array.isArray(line)) return null;
    return { ...line, at: timeOf((line as Line).at) };
  } catch {
    return null;
  }
}

const needsVisit = (line: Line): line is { visitor: string; at: number } =>
  line.visit == null && typeof line.visitor === 'string' && typeof line.at === 'number';

/** Learns every visitor's times in a first reading, then says to which visit an event belongs. */
export class VisitPlan {
  readonly #times = new Map<string, number[]>();
  readonly #starts = new Map<string, number[]>();

  learn(line: Line): void {
    if (!needsVisit(line)) return;
    const times = this.#times.get(line.visitor);
    if (times) times.push(line.at);
    else this.#times.set(line.visitor, [line.at]);
  }

  #startsOf(visitor: string): number[] {
    let starts = this.#starts.get(visitor);
    if (!starts) {
      const times = (this.#times.get(visitor) ?? []).sort((a, b) => a - b);
      starts = times.filter((time, i) => i === 0 || time - (times[i - 1] as number) >= LIMITS.visitGap);
      this.#starts.set(visitor, starts);
      this.#times.delete(visitor);
    }
    return starts;
  }

  visitOf(visitor: string, at: number): string {
    const start = this.#startsOf(visitor).findLast((begin) => begin <= at) ?? at;
    return start.toString(36) + digest(`${visitor} ${start}`, 8);
  }
}

/** Moments remembered at once; lines of one moment stand together in any real file. */
const MOMENTS = 100_000;

/** Makes ids from what lines say: the same file gives the same ids, in the order of its lines. */
export class LineIds {
  readonly #moments = new Map<string, string[]>();

  /** Which of the different lines of one moment of a visit this is: the id then keeps their order. */
  #place(moment: string, content: string): number {
    if (this.#moments.size >= MOMENTS) this.#moments.clear();
    const contents = this.#moments.get(moment) ?? [];
    this.#moments.set(moment, contents);
    if (!contents.includes(content)) contents.push(content);
    return contents.indexOf(content);
  }

  /** An order's or payment's id by its number, any other by the whole line. */
  idOf(line: Line, visit: unknown): string {
    if ((line.type === 'order' || line.type === 'payment') && line.order != null)
      return `${line.type}:${String(line.order).trim()}`;
    const { id: _, visit: __, ...rest } = line;
    const content = digest(JSON.stringify(Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1))), 8);
    const moment = `${typeof visit === 'string' ? visit : 'import'}.${typeof line.at === 'number' ? line.at.toString(36) : ''}`;
    return moment + this.#place(moment, content).toString(36).padStart(2, '0') + content;
  }
}

/** The line as an event the import route takes. */
export function complete(line: Line, plan: VisitPlan, ids: LineIds): Line {
  const visit = needsVisit(line) ? plan.visitOf(line.visitor, line.at) : line.visit;
  return { ...line, ...(visit == null ? {} : { visit }), id: line.id ?? ids.idOf(line, visit) };
}
