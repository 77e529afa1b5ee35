// A store's tokens: made, shown once, revoked.
import { createToken, listTokens, revokeToken, type Store, type Token } from '../../api.ts';
import { f, t } from '../../messages/index.tsx';
import { CredentialList, CredentialRow, useCredentials } from '../credentials.tsx';
import type { SettingsSection } from '../section.ts';
import { NewToken } from './new-token.tsx';

const endOf = ({ expires }: Token): string => {
  if (expires === null) return t('tokens.endless');
  return t(expires > Date.now() ? 'tokens.expires' : 'tokens.expired', { moment: f().moment(expires) });
};

const Form = ({ store }: { store: Store }) => {
  const tokens = useCredentials<Token>('tokens', () => listTokens(store.id), revokeToken);
  return (
    <div data-test="tokens">
      <CredentialList
        of={tokens}
        test="token"
        once={t('tokens.secret')}
        none={t('tokens.none')}
        row={(token) => (
          <CredentialRow
            key={token.id}
            name={token.name}
            question={t('tokens.revoke.sure', { name: token.name })}
            test="token"
            onRevoke={() => void tokens.revoke(token)}
          >
            <span class="credential-facts">
              {token.scopes.map((scope) => t(`tokens.scope.${scope}`)).join(' · ')}
            </span>
            <span class="credential-facts">
              {t('tokens.created')} {f().moment(token.created)} · {t('tokens.used')}{' '}
              {token.last_used === null ? t('tokens.never') : f().moment(token.last_used)} · {endOf(token)}
            </span>
          </CredentialRow>
        )}
      />
      <NewToken
        onCreate={(wanted) => void tokens.create(() => createToken({ store: store.id, ...wanted }))}
      />
    </div>
  );
};

export const tokensSection: SettingsSection = {
  id: 'tokens',
  title: 'tokens.title',
  lead: 'tokens.lead',
  for: 'owner',
  Form,
};
