// Widgets that hold one handler only: the page's own is kept and called, with its arguments, `this` and answer.

type Handler = (this: unknown, ...given: unknown[]) => unknown;

const after = (first: () => void, own?: unknown): Handler =>
  function (...given) {
    first();
    return typeof own === 'function' ? own.apply(this, given) : undefined;
  };

const page = window as unknown as Record<string, unknown>;

let jivo: Handler | undefined;

/** Jivo calls a global function by its name. It is not made before Jivo or the page's own is there. */
export const watchJivo = (inquire: () => void): void => {
  const own = page.jivo_onMessageSent;
  // Something else of that name is left alone.
  if (own ? own === jivo || typeof own !== 'function' : !page.jivo_api) return;
  jivo = after(inquire, own);
  page.jivo_onMessageSent = jivo;
};

type Call = [action: string, event: string, handler: Handler];

interface Crisp {
  push: (...calls: Call[]) => unknown;
}

let crisp: Crisp | undefined;

/** Crisp keeps the last handler of an event: the page's, queued or to come, take ours along. */
export const watchCrisp = (inquire: () => void): void => {
  const now = page.$crisp as Crisp | undefined;
  if (now === crisp || typeof now?.push !== 'function') return;
  const isFirst = !crisp;
  crisp = now;
  const join = (calls: Call[]): boolean =>
    calls.filter((call) => {
      const isSent = call?.[0] === 'on' && call[1] === 'message:sent';
      if (isSent) call[2] = after(inquire, call[2]);
      return isSent;
    }).length > 0;
  const { push } = now;
  const queued = Array.isArray(now) && join(now as Call[]);
  now.push = function (this: unknown, ...calls) {
    join(calls);
    return push.apply(this, calls);
  };
  // The queue is played when Crisp comes: what has been asked once is not asked again.
  if (isFirst && !queued) push.call(now, ['on', 'message:sent', after(inquire)]);
};
