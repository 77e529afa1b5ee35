// A button for what cannot be undone: the question stands in its place, and the focus goes to the answer that changes
// nothing, and back.
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import './ask-before.css';

interface Props {
  label: string;
  /** What the button is called where several say the same. */
  named?: string;
  /** Says what will happen. */
  question: string;
  no: string;
  /** The button's name for tests; `-sure` is the one that does it. */
  test: string;
  onYes: () => void;
}

export const AskBefore = ({ label, named, question, no, test, onYes }: Props) => {
  const id = useId();
  const [asked, setAsked] = useState<'not' | 'now' | 'refused'>('not');
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (asked !== 'not') button.current?.focus();
  }, [asked]);
  if (asked !== 'now')
    return (
      <button
        ref={button}
        type="button"
        class="button"
        aria-label={named}
        onClick={() => setAsked('now')}
        data-test={test}
      >
        {label}
      </button>
    );
  return (
    <div class="ask-before">
      <span id={id}>{question}</span>
      <button
        type="button"
        class="button is-danger"
        aria-describedby={id}
        onClick={() => {
          setAsked('not');
          onYes();
        }}
        data-test={`${test}-sure`}
      >
        {label}
      </button>
      <button
        ref={button}
        type="button"
        class="button"
        aria-describedby={id}
        onClick={() => setAsked('refused')}
      >
        {no}
      </button>
    </div>
  );
};
