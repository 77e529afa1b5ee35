// Looks at a page of the shop for its owner, and names what keeps its events away.
import { useState } from 'preact/hooks';
import { checkPage, type Failure, type Finding, failureOf, type Store } from '../api.ts';
import { t } from '../messages/index.tsx';
import { Field } from '../parts/field.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { Findings } from './findings.tsx';
import { readOrigins } from './origins.ts';
import './check.css';

/** A page as it was typed: without its scheme it is still a page. */
const addressOf = (typed: string): string => {
  if (URL.canParse(typed) && /^https?:/i.test(typed)) return typed;
  const scheme = readOrigins(typed).origins[0]?.startsWith('http:') ? 'http' : 'https';
  return `${scheme}://${typed}`;
};

/** What the server would not look at is a finding too: its events are refused as well. */
const findingOf = (failure: Failure, url: string): Finding | null =>
  failure.code === 'origin_not_allowed' && URL.canParse(url)
    ? { cause: 'origin_not_allowed', origin: new URL(url).origin }
    : null;

const Check = ({ store }: { store: Store }) => {
  const [findings, setFindings] = useState<Finding[] | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);
  const shop = store.origins[0] ?? '';

  const check = async (url: string) => {
    setBusy(true);
    setFailure(null);
    setFindings(null);
    try {
      setFindings(await checkPage(store.id, url));
    } catch (error) {
      const failed = failureOf(error);
      const finding = findingOf(failed, url);
      if (finding) setFindings([finding]);
      else setFailure(failed);
    } finally {
      setBusy(false);
    }
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!(event.currentTarget instanceof HTMLFormElement) || busy) return;
    void check(addressOf(String(new FormData(event.currentTarget).get('url') ?? '').trim()));
  };

  return (
    <>
      <form class="check-form" onSubmit={submit}>
        <Field
          id="check-url"
          label={t('check.url')}
          hint={t('check.url.hint', { origins: store.origins.join(', ') })}
        >
          {(ties) => (
            <input
              {...ties}
              name="url"
              type="text"
              inputMode="url"
              required
              spellcheck={false}
              autocomplete="off"
              defaultValue={`${shop}/`}
              data-test="check-url"
            />
          )}
        </Field>
        {/* Not disabled while it looks: the focus would be lost. */}
        <button type="submit" class="button is-main" aria-disabled={busy} data-test="check-go">
          {busy ? t('check.busy') : t('check.go')}
        </button>
      </form>
      <div role="status">{findings !== null && <Findings findings={findings} store={store} />}</div>
      {failure !== null && <Trouble failure={failure} />}
      <p class="check-open">
        {/* Without a referrer the visit is not one from this dashboard. */}
        <a href={`${shop}/?tundish_debug`} target="_blank" rel="noreferrer" data-test="check-open">
          {t('check.open')}
        </a>{' '}
        <span class="hint">{t('check.open.hint')}</span>
      </p>
    </>
  );
};

/** In the open while nothing has arrived; afterwards at hand. It stays as it was opened: somebody may be typing. */
export const CheckPanel = ({ store }: { store: Store }) => {
  const [waiting] = useState(store.first_event === null);
  return waiting ? (
    <section class="panel page-check" aria-labelledby="check-title" data-test="check">
      <h2 id="check-title">{t('check.title')}</h2>
      <p>{t('check.lead')}</p>
      <Check store={store} />
    </section>
  ) : (
    <details class="panel page-check" data-test="check">
      <summary data-test="check-show">{t('check.again')}</summary>
      <p>{t('check.lead')}</p>
      <Check store={store} />
    </details>
  );
};
