// Deleting the store, behind its name typed out.
import { useState } from 'preact/hooks';
import type { Store } from '../../api.ts';
import { unlearn } from '../../data.ts';
import { t } from '../../messages/index.tsx';
import { Field } from '../../parts/field.tsx';
import { Trouble } from '../../parts/trouble.tsx';
import { useSaving } from '../saving.tsx';
import type { SettingsSection } from '../section.ts';
import { deleteStore } from './asks.ts';

const Form = ({ store }: { store: Store }) => {
  const [typed, setTyped] = useState('');
  const [differs, setDiffers] = useState(false);
  const { busy, failure, run } = useSaving();
  const { id, name } = store;

  const remove = async () => {
    const confirm = typed.trim();
    if (confirm !== name && confirm !== id) {
      setDiffers(true);
      document.getElementById('delete-name')?.focus();
      return;
    }
    const gone = await run(async () => {
      await deleteStore(store, confirm);
      return '';
    });
    if (gone) unlearn(id);
  };

  return (
    <form
      class="form"
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) void remove();
      }}
      data-test="delete"
    >
      <Field
        id="delete-name"
        label={t('delete.type', { name })}
        hint={t('delete.type.hint', { id })}
        bad={differs ? t('delete.differs') : null}
      >
        {(ties) => (
          <input
            {...ties}
            value={typed}
            required
            spellcheck={false}
            autocomplete="off"
            aria-invalid={differs}
            onInput={(event) => {
              setDiffers(false);
              setTyped(event.currentTarget.value);
            }}
            data-test="delete-name"
          />
        )}
      </Field>
      {failure !== null && <Trouble failure={failure} />}
      <button type="submit" class="button is-danger" aria-disabled={busy} data-test="delete-do">
        {t('delete.do')}
      </button>
    </form>
  );
};

export const deleteSection: SettingsSection = {
  id: 'delete',
  title: 'delete.title',
  lead: 'delete.lead',
  for: 'owner',
  Form,
};
