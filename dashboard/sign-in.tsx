// For whoever is not signed in: a password, or where the link comes from.
import { useState } from 'preact/hooks';
import { isShared } from './allowed.ts';
import { type Failure, failureOf, signIn } from './api.ts';
import { Mark, Settings } from './header.tsx';
import { t } from './messages/index.tsx';
import { Copy } from './parts/copy.tsx';
import { Trouble } from './parts/trouble.tsx';
import { address, go } from './state.ts';
import './parts/field.css';
import './sign-in.css';

/** What the server calls links that were used or are over. */
const USED = new Set(['INVALID_TOKEN', 'EXPIRED_TOKEN', 'ATTEMPTS_EXCEEDED']);

const sentenceOf = (error: string): string => {
  if (error === 'SHARE_OVER') return t('signin.share_over');
  if (error === 'TOO_MANY_TRIES') return t('error.too_many_tries');
  return USED.has(error) ? t('signin.used') : t('signin.failed', { code: error });
};

const Password = () => {
  const [failure, setFailure] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);
  const enter = async (form: HTMLFormElement) => {
    const filled = new FormData(form);
    setBusy(true);
    setFailure(null);
    try {
      await signIn(String(filled.get('email')).trim(), String(filled.get('password')));
    } catch (error) {
      setFailure(failureOf(error));
      setBusy(false);
      return;
    }
    // A clean start, at the address that was asked for.
    go({ error: null }, 'replace');
    location.reload();
  };
  return (
    <form
      class="form sign-in-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy && event.currentTarget instanceof HTMLFormElement) void enter(event.currentTarget);
      }}
    >
      <div class="field">
        <label for="sign-in-email">{t('signin.email')}</label>
        <input
          id="sign-in-email"
          name="email"
          type="email"
          required
          maxLength={320}
          autocomplete="username"
          data-test="sign-in-email"
        />
      </div>
      <div class="field">
        <label for="sign-in-password">{t('signin.password')}</label>
        <input
          id="sign-in-password"
          name="password"
          type="password"
          required
          maxLength={128}
          autocomplete="current-password"
          data-test="sign-in-password"
        />
      </div>
      {failure !== null && <Trouble failure={failure} />}
      <button type="submit" class="button is-main" aria-disabled={busy} data-test="sign-in-enter">
        {t('app.sign_in')}
      </button>
    </form>
  );
};

export const SignIn = () => {
  // A shared view that ends while it is looked at.
  const error = address.value.error ?? (isShared() ? 'SHARE_OVER' : null);
  return (
    <div class="sign-in">
      <header class="sign-in-head">
        <span class="brand">
          <Mark />
          <span>{t('app.name')}</span>
        </span>
        <Settings />
      </header>
      <main id="content" tabIndex={-1}>
        <h1>{t('signin.title')}</h1>
        {error !== null && (
          <p class="trouble" role="alert" data-test="sign-in-error">
            {sentenceOf(error)}
          </p>
        )}
        <Password />
        <section class="sign-in-link" aria-labelledby="sign-in-link-title">
          <h2 id="sign-in-link-title">{t('signin.link.title')}</h2>
          <p>{t('signin.link.lead')}</p>
          <ol class="steps">
            <li>{t('signin.step.start')}</li>
            <li>
              {t('signin.step.again')}
              <Copy text="npm run admin -- sign-in" test="sign-in-command" />
            </li>
            <li>{t('signin.step.open')}</li>
          </ol>
        </section>
      </main>
    </div>
  );
};
