// Something the server knows: its last value stays while a fresh one is on the way.
import { batch, type Signal, signal } from '@preact/signals';
import { type Failure, failureOf } from './api.ts';

export interface Resource<T> {
  value: Signal<T | null>;
  failure: Signal<Failure | null>;
  loading: Signal<boolean>;
  /** When the value arrived, by the browser's clock; 0 while there is none. */
  at: Signal<number>;
  /** Asks, and keeps the answer unless a later question has been put meanwhile. Never throws. */
  load(ask: () => Promise<T>): Promise<void>;
  /** Forgets the value and whatever is on the way. */
  clear(): void;
}

export const resource = <T>(): Resource<T> => {
  const value = signal<T | null>(null);
  const failure = signal<Failure | null>(null);
  const loading = signal(false);
  const at = signal(0);
  let turn = 0;

  return {
    value,
    failure,
    loading,
    at,
    async load(ask) {
      turn += 1;
      const mine = turn;
      loading.value = true;
      try {
        const answer = await ask();
        if (mine !== turn) return;
        batch(() => {
          value.value = answer;
          failure.value = null;
          at.value = Date.now();
          loading.value = false;
        });
      } catch (error) {
        if (mine !== turn) return;
        batch(() => {
          failure.value = failureOf(error);
          loading.value = false;
        });
      }
    },
    clear() {
      turn += 1;
      batch(() => {
        value.value = null;
        failure.value = null;
        loading.value = false;
        at.value = 0;
      });
    },
  };
};
