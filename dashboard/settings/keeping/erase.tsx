// Erasing a visitor: who, what is kept of them to take along, and the question before it is done.
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Store } from '../../api.ts';
import { t } from '../../messages/index.tsx';
import { Field } from '../../parts/field.tsx';
import { Trouble } from '../../parts/trouble.tsx';
import { choice } from '../../state.ts';
import { useSaving } from '../saving.tsx';
import type { SettingsSection } from '../section.ts';
import { eraseVisitor, visitorFile } from './asks.ts';
import './keeping.css';

/** /settings?erase=ID, as a visitor's page leads here. */
const asked = choice<string>(
  'erase',
  (text) => text ?? '',
  (id) => id || null,
);

interface SureProps {
  id: string;
  busy: boolean;
  onErase: () => void;
  onKeep: () => void;
}

/** The focus goes to the answer that changes nothing. */
const Sure = ({ id, busy, onErase, onKeep }: SureProps) => {
  const keep = useRef<HTMLButtonElement>(null);
  useEffect(() => keep.current?.focus(), []);
  return (
    <div class="sure">
      <p id="erase-sure">{t('erase.sure', { id })}</p>
      <div class="save-bar">
        <button
          type="button"
          class="button is-danger"
          aria-disabled={busy}
          aria-describedby="erase-sure"
          onClick={() => !busy && onErase()}
          data-test="erase-do"
        >
          {busy ? t('erase.busy') : t('erase.do')}
        </button>
        <button ref={keep} type="button" class="button" onClick={onKeep} data-test="erase-keep">
          {t('erase.keep')}
        </button>
      </div>
    </div>
  );
};

const Form = ({ store }: { store: Store }) => {
  const [typed, setTyped] = useState(asked.value);
  const [sure, setSure] = useState(false);
  const { busy, said, failure, run, clear } = useSaving();
  const field = useRef<HTMLInputElement>(null);
  const id = typed.trim();

  const back = () => {
    setSure(false);
    field.current?.focus();
  };
  const erase = async () => {
    const done = await run(async () => {
      const events = await eraseVisitor(store.id, id);
      return events === 0 ? t('erase.nobody', { id }) : t('erase.done', { n: events, id });
    });
    if (done) setTyped('');
    back();
  };

  return (
    <form
      class="form"
      onSubmit={(event) => {
        event.preventDefault();
        clear();
        setSure(true);
      }}
      data-test="erase"
    >
      <Field id="erase-id" label={t('erase.id')} hint={t('erase.id.hint')}>
        {(ties) => (
          <input
            {...ties}
            ref={field}
            value={typed}
            required
            maxLength={128}
            readOnly={sure}
            spellcheck={false}
            autocomplete="off"
            autocapitalize="none"
            onInput={(event) => {
              clear();
              setTyped(event.currentTarget.value);
            }}
            data-test="erase-id"
          />
        )}
      </Field>
      {sure ? (
        <Sure id={id} busy={busy} onErase={() => void erase()} onKeep={back} />
      ) : (
        <div class="save-bar">
          <button type="submit" class="button is-danger" data-test="erase-start">
            {t('erase.start')}
          </button>
          {id !== '' && (
            <a
              class="button"
              href={visitorFile(store.id, id)}
              download={`${id}.ndjson`}
              data-test="erase-export"
            >
              {t('erase.export')}
            </a>
          )}
        </div>
      )}
      {failure !== null && <Trouble failure={failure} />}
      <p class="save-said" role="status" data-test="erase-said">
        {said}
      </p>
      <p class="hint">{t('erase.again')}</p>
    </form>
  );
};

export const eraseSection: SettingsSection = {
  id: 'erase',
  title: 'erase.title',
  lead: 'erase.lead',
  for: 'owner',
  Form,
};
