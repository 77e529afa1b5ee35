// Puts an origin on the store's list where one was refused: the remedy beside the trouble.
import { useRef, useState } from 'preact/hooks';
import { type Failure, failureOf, type Store } from '../api.ts';
import { addOrigin } from '../data.ts';
import { t } from '../messages/index.tsx';
import { Trouble } from '../parts/trouble.tsx';

export const AddOrigin = ({ store, origin }: { store: Store; origin: string }) => {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const done = useRef<HTMLParagraphElement>(null);
  const add = async () => {
    setBusy(true);
    setFailure(null);
    try {
      await addOrigin(store, origin);
      // The pressed button goes.
      done.current?.focus();
    } catch (error) {
      setFailure(failureOf(error));
    } finally {
      setBusy(false);
    }
  };
  const added = store.origins.includes(origin);
  return (
    <>
      {!added && (
        <button
          type="button"
          class="button"
          disabled={busy}
          onClick={() => void add()}
          data-test="origin-add"
        >
          {t('origin.add', { origin })}
        </button>
      )}
      <p ref={done} class="origin-added" tabIndex={-1} role="status" data-test="origin-added">
        {added && t('origin.added', { origin })}
      </p>
      {failure !== null && <Trouble failure={failure} />}
    </>
  );
};
