// The store itself: its name, where its pages live, when its days begin.
import type { Store, StoreChange } from '../api.ts';
import { f, t } from '../messages/index.tsx';
import { Field } from '../parts/field.tsx';
import { readOrigins } from '../set-up/origins.ts';
import { zones } from '../zones.ts';
import { refusalOf, SettingsForm, saveChange, useDraft, useSaving } from './saving.tsx';
import type { SettingsSection } from './section.ts';

const badOrigins = (text: string): string | null => {
  const { origins, bad } = readOrigins(text);
  if (bad !== null) return t('stores.origins.bad', { text: bad });
  return origins.length === 0 ? t('stores.origins.none') : null;
};

const Form = ({ store }: { store: Store }) => {
  const draft = useDraft({
    name: store.name,
    origins: store.origins.join('\n'),
    timezone: store.timezone,
  });
  const saving = useSaving();
  const { name, origins, timezone } = draft.values;
  const bad = badOrigins(origins);
  const all = zones();

  const save = async () => {
    if (bad !== null) {
      document.getElementById('settings-origins')?.focus();
      return;
    }
    const change: StoreChange = {
      ...(draft.has('name') ? { name } : {}),
      ...(draft.has('origins') ? { origins: readOrigins(origins).origins } : {}),
      ...(draft.has('timezone') ? { timezone } : {}),
    };
    if (await saving.run(() => saveChange(store, change))) draft.forget();
  };

  return (
    <SettingsForm
      saving={saving}
      draft={draft}
      fields={['name', 'origins', 'timezone']}
      onSave={() => void save()}
      test="settings-store"
    >
      <Field
        id="settings-name"
        label={t('stores.name')}
        hint={t('stores.name.hint')}
        bad={refusalOf(saving, 'name')}
      >
        {(ties) => (
          <input
            {...ties}
            value={name}
            required
            maxLength={100}
            autocomplete="organization"
            onInput={(event) => draft.set('name', event.currentTarget.value)}
            data-test="settings-name"
          />
        )}
      </Field>
      <Field
        id="settings-origins"
        label={t('stores.origins')}
        hint={t('stores.origins.hint')}
        bad={bad ?? refusalOf(saving, 'origins')}
      >
        {(ties) => (
          <textarea
            {...ties}
            value={origins}
            rows={Math.max(2, origins.split('\n').length)}
            required
            spellcheck={false}
            aria-invalid={bad !== null}
            onInput={(event) => draft.set('origins', event.currentTarget.value)}
            data-test="settings-origins"
          />
        )}
      </Field>
      <Field
        id="settings-timezone"
        label={t('stores.timezone')}
        hint={t('settings.store.timezone.hint')}
        bad={refusalOf(saving, 'timezone')}
      >
        {(ties) => (
          <select
            {...ties}
            value={timezone}
            onChange={(event) => draft.set('timezone', event.currentTarget.value)}
            data-test="settings-timezone"
          >
            {(all.includes(timezone) ? all : [timezone, ...all]).map((zone) => (
              <option key={zone} value={zone}>
                {zone.replaceAll('_', ' ')}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field id="settings-currency" label={t('stores.currency')} hint={t('settings.store.currency.hint')}>
        {(ties) => <input {...ties} readOnly value={`${store.currency} · ${f().currency(store.currency)}`} />}
      </Field>
    </SettingsForm>
  );
};

export const storeSection: SettingsSection = {
  id: 'general',
  title: 'settings.store.title',
  lead: 'settings.store.lead',
  for: 'editor',
  Form,
};
