// For whoever is not signed in: where the link comes from.
import { Mark, Settings } from './header.tsx';
import { t } from './messages/index.tsx';
import { Copy } from './parts/copy.tsx';
import { address } from './state.ts';
import './sign-in.css';

/** What the sign-in library calls links that were used or are over. */
const USED = new Set(['INVALID_TOKEN', 'EXPIRED_TOKEN', 'ATTEMPTS_EXCEEDED']);

export const SignIn = () => {
  const { error } = address.value;
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
        <p class="lead">{t('signin.lead')}</p>
        {error !== null && (
          <p class="trouble" role="alert" data-test="sign-in-error">
            {USED.has(error) ? t('signin.used') : t('signin.failed', { code: error })}
          </p>
        )}
        <ol class="steps">
          <li>{t('signin.step.start')}</li>
          <li>
            {t('signin.step.again')}
            <Copy text="npm run admin -- sign-in" test="sign-in-command" />
          </li>
          <li>{t('signin.step.open')}</li>
        </ol>
      </main>
    </div>
  );
};
