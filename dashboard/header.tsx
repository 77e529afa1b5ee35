// The top of every page: name, store, sections, and the reader's own settings.
import type { TargetedEvent } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { VIEWS, type View } from './address.ts';
import { mayMakeStores, mayOpen } from './allowed.ts';
import { type Store, signedOut } from './api.ts';
import { leave, session, store, stores } from './data.ts';
import { t } from './messages/index.tsx';
import { LANGUAGES } from './messages/parts.ts';
import { speak } from './messages/texts.ts';
import { Link } from './parts/link.tsx';
import { HELP, sheetOpen } from './shortcuts/keys.ts';
import { address, go, language, setTheme, THEMES, theme } from './state.ts';
import './header.css';

const LANGUAGE_NAMES = { en: 'English', 'zh-CN': '简体中文' } as const;
/** The views of a store, in their order. */
const SECTIONS = (Object.keys(VIEWS) as View[]).filter((view) => view !== 'new-store');
/** The select's value for what is no store. */
const NEW = '+';

export const Mark = () => (
  <svg class="mark" viewBox="0 0 32 32" width="26" height="26" aria-hidden="true">
    <path d="M3 5h12.2v22L11 22.4z" class="mark-consulting" />
    <path d="M16.8 5H29l-8 17.4-4.2 4.6z" class="mark-silent" />
  </svg>
);

const StoreSelect = ({ all, chosen }: { all: Store[]; chosen: Store | null }) => {
  const choose = (event: TargetedEvent<HTMLSelectElement>) => {
    const id = event.currentTarget.value;
    if (id === NEW) go({ view: 'new-store' });
    else go({ store: id, view: address.value.view === 'new-store' ? 'overview' : address.value.view });
  };
  const isNew = address.value.view === 'new-store' || chosen === null;
  return (
    <div class="header-store">
      <label class="unseen" for="store">
        {t('choose.store')}
      </label>
      <select id="store" value={isNew ? NEW : chosen.id} onChange={choose} data-test="choose-store">
        {all.map(({ id, name, demo }) => (
          <option key={id} value={id}>
            {demo ? `${name} · ${t('demo.badge')}` : name}
          </option>
        ))}
        {mayMakeStores() && <option value={NEW}>{t('choose.new_store')}</option>}
      </select>
      {!isNew && chosen.demo && (
        <span class="badge" data-test="demo-badge">
          {t('demo.badge')}
        </span>
      )}
    </div>
  );
};

const chooseLanguage = async (select: HTMLSelectElement): Promise<void> => {
  const wanted = LANGUAGES.find((one) => one === select.value);
  if (wanted === undefined || (await speak(wanted))) return;
  // Its texts did not come: the page stays in the language that it has, and says so here.
  select.value = language.peek();
};

/** Language and theme, on the sign-in page too. */
export const Settings = () => (
  <div class="settings">
    <label>
      <span class="unseen">{t('app.language')}</span>
      <select
        value={language.value}
        onChange={(event) => void chooseLanguage(event.currentTarget)}
        data-test="choose-language"
      >
        {LANGUAGES.map((one) => (
          <option key={one} value={one} lang={one}>
            {LANGUAGE_NAMES[one]}
          </option>
        ))}
      </select>
    </label>
    <label>
      <span class="unseen">{t('app.theme')}</span>
      <select
        value={theme.value}
        onChange={(event) => {
          const wanted = THEMES.find((one) => one === event.currentTarget.value);
          if (wanted !== undefined) setTheme(wanted);
        }}
        data-test="choose-theme"
      >
        {THEMES.map((one) => (
          <option key={one} value={one}>
            {t(`theme.${one}`)}
          </option>
        ))}
      </select>
    </label>
  </div>
);

/** Who looks, and the way out; of a shared view, the way in. */
const Leave = () => {
  const { user, share } = session.value.value ?? { user: null, share: null };
  if (share !== null)
    return (
      <>
        <span class="badge" title={share.name} data-test="shared-view">
          {t('app.shared')}
        </span>
        <button
          type="button"
          class="quiet"
          onClick={() => {
            session.clear();
            signedOut.value = true;
          }}
          data-test="sign-in"
        >
          {t('app.sign_in')}
        </button>
      </>
    );
  return (
    <button
      type="button"
      class="quiet"
      title={user === null ? undefined : t('app.signed_in', { email: user.email })}
      onClick={() => void leave()}
      data-test="sign-out"
    >
      {t('app.sign_out')}
    </button>
  );
};

const Sections = ({ view, role }: { view: View; role: Store['role'] }) => {
  const row = useRef<HTMLElement>(null);
  // On a phone the row is wider than the screen: the view that is open must be seen in it.
  useEffect(() => {
    row.current?.querySelector('[aria-current]')?.scrollIntoView({ inline: 'nearest', block: 'nearest' });
  }, [view]);
  return (
    <nav ref={row} class="sections" aria-label={t('app.sections')}>
      {SECTIONS.filter((one) => mayOpen(one, role)).map((one) => (
        <Link key={one} to={{ view: one }} current={view === one} test={`go-${one}`}>
          {t(`view.${one}`)}
        </Link>
      ))}
    </nav>
  );
};

/** The room that stores and sections will have, so that nothing below moves when they come. */
const Coming = () => (
  <>
    <span class="header-store is-coming" />
    <span class="sections is-coming" />
  </>
);

export const Header = () => {
  const all = stores.value.value ?? [];
  const { view } = address.value;
  const role = store.value?.role ?? 'viewer';
  const coming = stores.value.value === null && stores.failure.value === null;
  return (
    <header class="header">
      <div class="header-inner">
        <Link to={{ view: 'overview' }} class="brand">
          <Mark />
          <span>{t('app.name')}</span>
        </Link>
        {coming && <Coming />}
        {all.length > 0 && <StoreSelect all={all} chosen={store.value} />}
        {all.length > 0 && <Sections view={view} role={role} />}
        <Settings />
        <button
          type="button"
          class="quiet header-keys"
          title={`${t('keys.title')} (${HELP})`}
          onClick={() => {
            sheetOpen.value = true;
          }}
          data-test="keys"
        >
          {t('app.keys')}
        </button>
        <Leave />
      </div>
    </header>
  );
};
