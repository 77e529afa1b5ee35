// A new store: four answers, checked where they are typed and again by the server.
import { useState } from 'preact/hooks';
import { Failure, type NewStore } from '../api.ts';
import { addStore, stores } from '../data.ts';
import { f, t } from '../messages/index.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { readOrigins } from './origins.ts';
import './set-up.css';

const zones = (): string[] => {
  const all = Intl.supportedValuesOf('timeZone');
  // Not every engine lists it, and some shops keep it.
  return all.includes('UTC') ? all : [...all, 'UTC'];
};
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

const Origins = ({ bad, onInput }: { bad: string | null; onInput: () => void }) => (
  <div class="field">
    <label for="new-origins">{t('stores.origins')}</label>
    <textarea
      id="new-origins"
      name="origins"
      rows={2}
      required
      spellcheck={false}
      autocomplete="url"
      placeholder="https://shop.example"
      aria-describedby="new-origins-hint new-origins-bad"
      aria-invalid={bad !== null}
      onInput={onInput}
      data-test="new-store-origins"
    />
    <p class="hint" id="new-origins-hint">
      {t('stores.origins.hint')}
    </p>
    <p class="bad" id="new-origins-bad" role="status">
      {bad !== null && (bad === '' ? t('stores.origins.none') : t('stores.origins.bad', { text: bad }))}
    </p>
  </div>
);

const Selects = () => {
  const own = ownZone();
  return (
    <>
      <div class="field">
        <label for="new-timezone">{t('stores.timezone')}</label>
        <select
          id="new-timezone"
          name="timezone"
          aria-describedby="new-timezone-hint"
          data-test="new-store-timezone"
        >
          {zones().map((zone) => (
            <option key={zone} value={zone} selected={zone === own}>
              {zone.replaceAll('_', ' ')}
            </option>
          ))}
        </select>
        <p class="hint" id="new-timezone-hint">
          {t('stores.timezone.hint')}
        </p>
      </div>
      <div class="field">
        <label for="new-currency">{t('stores.currency')}</label>
        <select
          id="new-currency"
          name="currency"
          aria-describedby="new-currency-hint"
          data-test="new-store-currency"
        >
          {Intl.supportedValuesOf('currency').map((code) => (
            <option key={code} value={code} selected={code === likelyCurrency(own)}>
              {code} · {f().currency(code)}
            </option>
          ))}
        </select>
        <p class="hint" id="new-currency-hint">
          {t('stores.currency.hint')}
        </p>
      </div>
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
      setFailure(error instanceof Failure ? error : new Failure('unexpected'));
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
      <h1>{first ? t('stores.first.title') : t('stores.new.title')}</h1>
      <p class="lead">{t('stores.first.lead')}</p>
      <form class="panel form" onSubmit={submit} data-test="new-store">
        <div class="field">
          <label for="new-name">{t('stores.name')}</label>
          <input
            id="new-name"
            name="name"
            required
            maxLength={100}
            autocomplete="organization"
            aria-describedby="new-name-hint"
            data-test="new-store-name"
          />
          <p class="hint" id="new-name-hint">
            {t('stores.name.hint')}
          </p>
        </div>
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
