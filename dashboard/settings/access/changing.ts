// A list that can be changed: asked anew after each change, and what came of it is said.
import { useEffect, useMemo, useState } from 'preact/hooks';
import { type Failure, failureOf } from '../../api.ts';
import { resource } from '../../resource.ts';

export interface Changing<T> {
  all: T[] | null;
  failure: Failure | null;
  /** What the last change did, in a sentence. */
  said: string | null;
  /** Whether it worked. What `change` returns is said. */
  run(change: () => Promise<string | null>): Promise<boolean>;
  again(): void;
}

/** `section` gets the focus where what had it may be gone. */
export const useChanging = <T>(section: string, load: () => Promise<T[]>): Changing<T> => {
  const list = useMemo(() => resource<T[]>(), []);
  const [state, setState] = useState<Pick<Changing<T>, 'failure' | 'said'>>({ failure: null, said: null });
  const reload = () => list.load(load);
  useEffect(() => void reload(), []);
  return {
    all: list.value.value,
    failure: state.failure ?? list.failure.value,
    said: state.said,
    async run(change) {
      setState({ failure: null, said: null });
      const done = await change().then(
        (said) => ({ failure: null, said }),
        (error: unknown) => ({ failure: failureOf(error), said: null }),
      );
      setState(done);
      // After a failure too: somebody else may have changed it.
      await reload();
      if (document.activeElement === document.body) document.getElementById(`${section}-title`)?.focus();
      return done.failure === null;
    },
    again() {
      setState({ failure: null, said: null });
      void reload();
    },
  };
};
