// A new store: four answers, checked where they are typed and again by the server.
import { useState } from 'preact/hooks';
import { type Failure, failureOf, type NewStore } from '../api.ts';
import { addStore, stores } from '../data.ts';
import { f, t } from '../messages/index.tsx';
import { Field } from '../parts/field.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { zones } from '../zones.ts';
import { readOrigins } from './origins.ts';
import './set-up.css';

const ownZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Offered first by where the browser says it is; anything else is one choice away. */
const likelyCurrency = (zone: string): string =>
  zone.startsWith('Asia/Shanghai') || zone.startsWith('Asia/Urumqi')
    ? 'CNY'
    : zone.startsWith('Europe/') && zone !== 'Europe/London'
      ? 'EUR'
      : zone === 'Europe/London'
        ? 'GBP'
        : 'USD';

const badText = (bad: string | null): string | null =>
  bad === null ? null : bad === '' ? t('stores.origins.none') : t('stores.origins.bad', { text: bad });

/** `bad` is the line that is no address; empty where there is none at all. */
const Origins = ({ bad, onInput }: { bad: string | null; onInput: () => void }) => (
  <Field id="new-origins" label={t('stores.origins')} hint={t('stores.origins.hint')} bad={badText(bad)}>
    {(ties) => (
      <textarea
        {...ties}
        name="origins"
        rows={2}
        required
        spellcheck={false}
        autocomplete="url"
        placeholder="https://shop.example"
        aria-invalid={bad !== null}
        onInput={onInput}
        data-test="new-store-origins"
      />
    )}
  </Field>
);

const Selects = () => {
  const own = ownZone();
  return (
    <>
      <Field id="new-timezone" label={t('stores.timezone')} hint={t('stores.timezone.hint')}>
        {(ties) => (
          <select {...ties} name="timezone" data-test="new-store-timezone">
            {zones().map((zone) => (
              <option key={zone} value={zone} selected={zone === own}>
                {zone.replaceAll('_', ' ')}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field id="new-currency" label={t('stores.currency')} hint={t('stores.currency.hint')}>
        {(ties) => (
          <select {...ties} name="currency" data-test="new-store-currency">
            {Intl.supportedValuesOf('currency').map((code) => (
              <option key={code} value={code} selected={code === likelyCurrency(own)}>
                {code} · {f().currency(code)}
              </option>
            ))}
          </select>
        )}
      </Field>
    </>
  );
};

export const NewStoreForm = () => {
  const [bad, setBad] = useState<string | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);
  const first = (stores.value.value ?? []).length === 0;

  const create = async (wanted: NewStore) => {
    setBusy(true);
    setFailure(null);
    try {
      await addStore(wanted);
    } catch (error) {
      setFailure(failureOf(error));
    } finally {
      setBusy(false);
    }
  };

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!(event.currentTarget instanceof HTMLFormElement)) return;
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? '').trim();
    const { origins, bad: wrong } = readOrigins(text('origins'));
    setBad(wrong ?? (origins.length === 0 ? '' : null));
    if (wrong !== null || origins.length === 0) {
      event.currentTarget.querySelector('textarea')?.focus();
      return;
    }
    void create({ name: text('name'), origins, timezone: text('timezone'), currency: text('currency') });
  };

  return (
    <div class="narrow">
      <h1>{first ? t('stores.first.title') : t('view.new-store')}</h1>
      <p class="lead">{t('stores.first.lead')}</p>
      <form class="panel form" onSubmit={submit} data-test="new-store">
        <Field id="new-name" label={t('stores.name')} hint={t('stores.name.hint')}>
          {(ties) => (
            <input
              {...ties}
              name="name"
              required
              maxLength={100}
              autocomplete="organization"
              data-test="new-store-name"
            />
          )}
        </Field>
        <Origins bad={bad} onInput={() => setBad(null)} />
        <Selects />
        {failure !== null && <Trouble failure={failure} />}
        <button type="submit" class="button is-main" disabled={busy} data-test="new-store-create">
          {busy ? t('stores.creating') : t('stores.create')}
        </button>
      </form>
    </div>
  );
};
