// The whole page: who is signed in decides, then the address.
import type { VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { isShared, mayMakeStores, mayOpen } from './allowed.ts';
import { Failure, signedOut } from './api.ts';
import { leave, leaving, session, start, store, stores } from './data.ts';
import { Header } from './header.tsx';
import { t } from './messages/index.tsx';
import { Trouble } from './parts/trouble.tsx';
import { sheetOpen } from './shortcuts/keys.ts';
import { address, linkTo } from './state.ts';
import { NewStoreForm, Sheet, SignIn, STORE_VIEWS } from './views.tsx';

const Content = (): VNode => {
  const failure = session.failure.value ?? stores.failure.value;
  const all = stores.value.value;
  if (all === null)
    return failure === null ? (
      <p class="opening" role="status">
        {t('app.loading')}
      </p>
    ) : (
      <Trouble failure={failure} onRetry={() => void start()} />
    );
  const { view } = address.value;
  if ((view === 'new-store' || all.length === 0) && mayMakeStores()) return <NewStoreForm />;
  const chosen = store.value;
  if (chosen === null) return <Trouble failure={new Failure('unknown_store', 404)} />;
  if (view === 'new-store' || !mayOpen(view, chosen.role))
    return <Trouble failure={new Failure(isShared() ? 'share_only_looks' : 'missing_role', 403)} />;
  const Shown = STORE_VIEWS[view];
  return <Shown store={chosen} />;
};

const DemoBanner = () =>
  store.value?.demo && address.value.view !== 'new-store' ? (
    <p class="demo-banner" data-test="demo-banner">
      <b>{t('demo.badge')}</b> {t('demo.banner')}
    </p>
  ) : null;

/** From this share of a day's events on it is said that they may run out. */
const NEARLY = 0.8;

const BudgetBanner = () => {
  const usage = store.value?.usage;
  if (usage === undefined || address.value.view === 'new-store' || usage.events < usage.limit * NEARLY)
    return null;
  const full = usage.events >= usage.limit;
  return (
    <p class={`budget-banner ${full ? 'is-full' : ''}`} role="status" data-test="budget-banner">
      {t(full ? 'budget.full' : 'budget.nearly', usage)}{' '}
      {store.value?.role !== 'viewer' && (
        <a href={`${linkTo({ view: 'settings' })}#budget`}>{t('budget.go')}</a>
      )}
    </p>
  );
};

/** What the window and its history say: the view first, then whose. */
const titleOf = (): string => {
  const { view } = address.value;
  const named = view === 'new-store' ? undefined : store.value?.name;
  const parts = signedOut.value ? [t('signin.title')] : [t(`view.${view}`), named];
  return [...parts, t('app.name')].filter((part) => part !== undefined).join(' · ');
};

/** A page that is loaded begins to be read at its top; a view that replaces another must be led to. */
const useFocusOnNewView = (): void => {
  const { view } = address.value;
  const last = useRef(view);
  useEffect(() => {
    if (last.current === view) return;
    last.current = view;
    document.getElementById('content')?.focus({ preventScroll: true });
  }, [view]);
};

const SignOutTrouble = () => {
  const failure = leaving.failure.value;
  return failure === null ? null : (
    <Trouble failure={failure} lead={t('error.sign_out')} onRetry={() => void leave()} />
  );
};

export const App = () => {
  const title = titleOf();
  useEffect(() => {
    document.title = title;
  }, [title]);
  useFocusOnNewView();
  if (signedOut.value) return <SignIn />;
  return (
    <>
      <a class="skip" href="#content">
        {t('app.skip')}
      </a>
      <Header />
      <main id="content" class="content" tabIndex={-1}>
        <SignOutTrouble />
        <DemoBanner />
        <BudgetBanner />
        <Content />
      </main>
      {sheetOpen.value && <Sheet />}
    </>
  );
};
