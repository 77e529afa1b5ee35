// A day and what happened on it: the dialog that an annotation is written in.
import type { TargetedSubmitEvent } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { type Failure, failureOf, type Store } from '../api.ts';
import { t } from '../messages/index.tsx';
import { Trouble } from '../parts/trouble.tsx';
import type { Days } from '../period.ts';
import { addAnnotation } from './annotations.ts';

/** Characters that the server keeps. */
const MOST = 200;

interface Props {
  store: Store;
  /** The days on the screen: others could be noted, and would not be seen. */
  days: Days;
  /** The day that somebody looked at. */
  day: string;
  onClose: () => void;
}

export const AnnotationForm = ({ store, days, day, onClose }: Props) => {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => dialog.current?.showModal(), []);

  const submit = async (event: TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    setBusy(true);
    try {
      await addAnnotation({
        ...{ store: store.id, day: String(given.get('day')), text: String(given.get('text')) },
      });
      dialog.current?.close();
    } catch (error) {
      setFailure(failureOf(error));
      setBusy(false);
    }
  };

  return (
    <dialog
      ref={dialog}
      class="annotation-form"
      aria-labelledby={`${id}-title`}
      onClose={onClose}
      data-test="annotation-form"
    >
      <form onSubmit={(event) => void submit(event)}>
        <h2 id={`${id}-title`}>{t('annotations.add')}</h2>
        <label class="field">
          <span>{t('annotations.day')}</span>
          <input
            type="date"
            name="day"
            required
            min={days.from}
            max={days.to}
            defaultValue={day}
            data-test="annotation-day"
          />
        </label>
        <label class="field">
          <span>{t('annotations.text')}</span>
          <input
            type="text"
            name="text"
            required
            maxLength={MOST}
            autofocus
            placeholder={t('annotations.example')}
            data-test="annotation-text"
          />
        </label>
        {failure !== null && <Trouble failure={failure} />}
        <div class="annotation-ends">
          <button type="button" class="button" onClick={() => dialog.current?.close()}>
            {t('annotations.cancel')}
          </button>
          <button type="submit" class="button is-main" disabled={busy} data-test="annotation-save">
            {t('annotations.save')}
          </button>
        </div>
      </form>
    </dialog>
  );
};
