// Asks whether something is really to be done, above the page: the focus begins at what changes nothing.
import { useEffect, useId, useRef } from 'preact/hooks';
import { t } from '../../messages/index.tsx';
import './access.css';

interface Props {
  question: string;
  /** What its button says that does it. */
  action: string;
  test: string;
  onYes: () => void;
  /** Also by Escape. */
  onNo: () => void;
}

export const Confirm = ({ question, action, test, onYes, onNo }: Props) => {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} class="confirm" aria-labelledby={id} onClose={onNo} data-test={`${test}-confirm`}>
      <p id={id}>{question}</p>
      <form method="dialog" class="confirm-answers">
        <button type="submit" class="button">
          {t('access.keep')}
        </button>
        <button type="button" class="button is-danger" onClick={onYes} data-test={`${test}-sure`}>
          {action}
        </button>
      </form>
    </dialog>
  );
};
