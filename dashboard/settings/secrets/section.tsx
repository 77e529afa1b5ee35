// What a store's server, or Stripe for it, signs with: made or taken, shown once, changed without a gap, revoked.
import { useState } from 'preact/hooks';
import { createSecret, listSecrets, revokeSecret, type Secret, type Store } from '../../api.ts';
import { f, t } from '../../messages/index.tsx';
import { Field } from '../../parts/field.tsx';
import { CredentialList, CredentialRow, useCredentials } from '../credentials.tsx';
import type { SettingsSection } from '../section.ts';

type Kind = Secret['kind'];
const KINDS = ['server', 'stripe'] as const satisfies readonly Kind[];

interface Wanted {
  kind: Kind;
  name: string;
  secret?: string;
}

const NewSecret = ({ store, onCreate }: { store: Store; onCreate: (wanted: Wanted) => Promise<boolean> }) => {
  const [kind, setKind] = useState<Kind>('server');
  const submit = async (form: HTMLFormElement) => {
    const data = new FormData(form);
    const text = (name: string) => String(data.get(name) ?? '').trim();
    const made = await onCreate({
      kind,
      name: text('name'),
      ...(kind === 'stripe' ? { secret: text('secret') } : {}),
    });
    if (made) form.reset();
  };
  return (
    <form
      class="credential-new"
      onSubmit={(event) => {
        event.preventDefault();
        void submit(event.currentTarget);
      }}
    >
      <Field id="secret-kind" label={t('secrets.kind')} hint={t(`secrets.kind.${kind}.hint`)}>
        {(ties) => (
          <select
            {...ties}
            value={kind}
            onChange={(event) => setKind(event.currentTarget.value === 'stripe' ? 'stripe' : 'server')}
            data-test="secret-kind"
          >
            {KINDS.map((one) => (
              <option key={one} value={one}>
                {t(`secrets.kind.${one}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field id="secret-name" label={t('secrets.name')} hint={t('secrets.name.hint')}>
        {(ties) => (
          <input {...ties} name="name" required maxLength={100} autocomplete="off" data-test="secret-name" />
        )}
      </Field>
      {kind === 'stripe' && (
        <Field
          id="secret-secret"
          label={t('secrets.stripe')}
          hint={t('secrets.stripe.hint', { address: `${location.origin}/v1/stripe/${store.id}` })}
        >
          {(ties) => (
            <input
              {...ties}
              name="secret"
              type="password"
              required
              pattern="whsec_[!-~]{16,200}"
              placeholder="whsec_…"
              autocomplete="off"
              data-test="secret-stripe"
            />
          )}
        </Field>
      )}
      <button type="submit" class="button" data-test="secret-create">
        {t(kind === 'stripe' ? 'secrets.take' : 'secrets.create')}
      </button>
    </form>
  );
};

const Form = ({ store }: { store: Store }) => {
  const secrets = useCredentials<Secret>('secrets', () => listSecrets(store.id), revokeSecret);
  return (
    <div data-test="secrets">
      <p class="hint">{t('secrets.rotation')}</p>
      <CredentialList
        of={secrets}
        test="secret"
        once={t('secrets.secret')}
        none={t('secrets.none')}
        row={(secret) => (
          <CredentialRow
            key={secret.id}
            name={secret.name}
            question={t('secrets.revoke.sure', { name: secret.name })}
            test="secret"
            onRevoke={() => void secrets.revoke(secret)}
          >
            <span class="credential-facts">
              {t(`secrets.kind.${secret.kind}`)} · {t('secrets.hint', { hint: secret.hint })} ·{' '}
              {t('tokens.created')} {f().moment(secret.created)}
            </span>
          </CredentialRow>
        )}
      />
      <NewSecret
        store={store}
        onCreate={(wanted) => secrets.create(() => createSecret({ store: store.id, ...wanted }))}
      />
    </div>
  );
};

export const secretsSection: SettingsSection = {
  id: 'secrets',
  title: 'secrets.title',
  lead: 'secrets.lead',
  for: 'owner',
  Form,
};
