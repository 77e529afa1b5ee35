// A person's own account, whatever the store: the password, and where else it is signed in.
import { useState } from 'preact/hooks';
import { getSession } from '../../api.ts';
import { leave, session } from '../../data.ts';
import { f, t } from '../../messages/index.tsx';
import { Field } from '../../parts/field.tsx';
import type { SettingsSection } from '../section.ts';
import { type Changing, useChanging } from './changing.ts';
import { Confirm } from './confirm.tsx';
import { endOtherSessions, endSession, listSessions, type OpenSession, setPassword } from './questions.ts';
import { Told } from './told.tsx';

/** As the server has it, so that the browser can say it first. */
const LEAST = 12;
const MOST = 128;

const Password = ({ sessions, email }: { sessions: Changing<OpenSession>; email: string }) => {
  const has = session.value.value?.user?.password ?? false;
  const save = (form: HTMLFormElement) =>
    sessions.run(async () => {
      const filled = new FormData(form);
      const current = String(filled.get('current') ?? '');
      await setPassword({ password: String(filled.get('password')), ...(current ? { current } : {}) });
      form.reset();
      await session.load(getSession);
      return t('account.password.saved');
    });
  return (
    <form
      class="form"
      onSubmit={(event) => {
        event.preventDefault();
        if (event.currentTarget instanceof HTMLFormElement) void save(event.currentTarget);
      }}
      data-test="password-form"
    >
      {/* Tells password managers whose it is. */}
      <input type="hidden" name="username" autocomplete="username" value={email} />
      {has && (
        <Field id="password-current" label={t('account.current')} hint={t('account.current.hint')}>
          {(ties) => (
            <input
              {...ties}
              name="current"
              type="password"
              maxLength={MOST}
              autocomplete="current-password"
              data-test="password-current"
            />
          )}
        </Field>
      )}
      <Field
        id="password-new"
        label={t('account.password')}
        hint={t('account.password.hint', { least: LEAST })}
      >
        {(ties) => (
          <input
            {...ties}
            name="password"
            type="password"
            required
            minLength={LEAST}
            maxLength={MOST}
            autocomplete="new-password"
            data-test="password-new"
          />
        )}
      </Field>
      <button type="submit" class="button" data-test="password-save">
        {t(has ? 'account.password.change' : 'account.password.set')}
      </button>
    </form>
  );
};

const Row = ({ open, onEnd }: { open: OpenSession; onEnd: () => void }) => (
  <li class="access-row" data-test="session">
    <div>
      <b>{t('account.session', { moment: f().moment(open.created) })}</b>{' '}
      {open.current && <span class="badge">{t('account.this')}</span>}
      <span class="access-facts">
        {t('account.session.used', { moment: f().moment(open.last_used) })} ·{' '}
        {t('account.session.until', { moment: f().moment(open.expires) })}
      </span>
    </div>
    {!open.current && (
      <button type="button" class="button" onClick={onEnd} data-test="session-end">
        {t('account.end')}
      </button>
    )}
  </li>
);

const Form = () => {
  const sessions = useChanging<OpenSession>('account', listSessions);
  const [asked, setAsked] = useState(false);
  const email = session.value.value?.user?.email ?? '';
  const end = (id: string) =>
    sessions.run(async () => {
      await endSession(id);
      return t('account.ended');
    });
  const endAll = async () => {
    setAsked(false);
    const ended = await sessions.run(async () => {
      await endOtherSessions();
      return null;
    });
    if (ended) await leave();
  };
  return (
    <div class="access-account" data-test="account">
      <p>{t('app.signed_in', { email })}</p>
      <Told failure={sessions.failure} said={sessions.said} test="account" onRetry={sessions.again} />
      <h3>{t('account.password.title')}</h3>
      <p class="hint">{t('account.password.lead')}</p>
      <Password sessions={sessions} email={email} />
      <h3>{t('account.sessions')}</h3>
      <p class="hint">{t('account.sessions.lead')}</p>
      <ul class="access-list">
        {sessions.all?.map((open) => (
          <Row key={open.id} open={open} onEnd={() => void end(open.id)} />
        ))}
      </ul>
      <button type="button" class="button" onClick={() => setAsked(true)} data-test="sessions-end">
        {t('account.end_all')}
      </button>
      {asked && (
        <Confirm
          question={t('account.end_all.sure')}
          action={t('account.end_all')}
          test="sessions-end"
          onYes={() => void endAll()}
          onNo={() => setAsked(false)}
        />
      )}
    </div>
  );
};

export const accountSection: SettingsSection = {
  id: 'account',
  title: 'account.title',
  lead: 'account.lead',
  for: 'viewer',
  Form,
};
