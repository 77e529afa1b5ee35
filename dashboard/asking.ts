// What a view shows of the server: asked when its question changes, again each minute, and when somebody looks again.
import { computed, effect, signal, untracked } from '@preact/signals';
import { signedOut } from './api.ts';
import { type Resource, resource } from './resource.ts';

/** How long an answer is left alone while somebody looks at it. */
const REFRESH_MS = 60_000;

/** Whether anybody can see the page: what nobody sees asks nothing. */
export const visible = signal(document.visibilityState === 'visible');
document.addEventListener('visibilitychange', () => {
  visible.value = document.visibilityState === 'visible';
});

const all: (() => Promise<void>)[] = [];
/** Asks anew whatever the view on the screen shows. */
export const refreshShown = (): void => {
  for (const refresh of all) void refresh();
};

export interface Asking<T> extends Resource<T> {
  /** Asks now. */
  refresh(): Promise<void>;
}

/**
 * Made once, beside the view that shows it. `question` is null while there is nothing to ask, another view's turn for
 * instance; it must name the store, so that one store's answer never stands under another's name. `subject` says what
 * else an answer is about: that of one subject is forgotten when another's is asked for.
 */
export const asking = <Q extends { store: string }, T>(
  question: () => Q | null,
  ask: (question: Q) => Promise<T>,
  every = REFRESH_MS,
  subject: (question: Q) => string = ({ store }) => store,
): Asking<T> => {
  const answer = resource<T>();
  const asked = computed(() => (signedOut.value ? null : question()));
  const key = computed(() => JSON.stringify(asked.value));
  let about: string | null = null;

  const refresh = async (): Promise<void> => {
    const now = untracked(() => asked.value);
    if (now !== null) await answer.load(() => ask(now));
  };

  effect(() => {
    key.value;
    const now = untracked(() => asked.value);
    if (now === null) return;
    const next = subject(now);
    if (about !== null && about !== next) answer.clear();
    about = next;
    void refresh();
  });

  effect(() => {
    if (!visible.value) return;
    if (answer.at.peek() > 0 && Date.now() - answer.at.peek() > every) void refresh();
    const timer = setInterval(() => void refresh(), every);
    return () => clearInterval(timer);
  });

  all.push(refresh);
  return { ...answer, refresh };
};
