// A store's tokens: made, shown once, revoked.
import { useEffect, useMemo, useState } from 'preact/hooks';
import { createToken, Failure, listTokens, revokeToken, type Store, type Token } from '../api.ts';
import { f, t } from '../messages/index.tsx';
import { Copy } from '../parts/copy.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { resource } from '../resource.ts';

interface RowProps {
  token: Token;
  onRevoke: (token: Token) => void;
}

const TokenRow = ({ token, onRevoke }: RowProps) => {
  const [sure, setSure] = useState(false);
  return (
    <li class="token" data-test="token">
      <div>
        <b>{token.name}</b>
        <span class="token-facts">
          {t('tokens.created')} {f().moment(token.created)} · {t('tokens.used')}{' '}
          {token.last_used === null ? t('tokens.never') : f().moment(token.last_used)}
        </span>
      </div>
      {sure ? (
        <div class="token-sure" role="alert">
          <span>{t('tokens.revoke.sure', { name: token.name })}</span>
          <button
            type="button"
            class="button is-danger"
            onClick={() => onRevoke(token)}
            data-test="token-revoke-sure"
          >
            {t('tokens.revoke')}
          </button>
          <button type="button" class="button" onClick={() => setSure(false)}>
            {t('tokens.keep')}
          </button>
        </div>
      ) : (
        <button
          type="button"
          class="button"
          aria-label={t('tokens.revoke.named', { name: token.name })}
          onClick={() => setSure(true)}
          data-test="token-revoke"
        >
          {t('tokens.revoke')}
        </button>
      )}
    </li>
  );
};

const NewToken = ({ onCreate }: { onCreate: (name: string) => void }) => (
  <form
    class="token-new"
    onSubmit={(event) => {
      event.preventDefault();
      if (!(event.currentTarget instanceof HTMLFormElement)) return;
      onCreate(String(new FormData(event.currentTarget).get('name') ?? '').trim());
      event.currentTarget.reset();
    }}
  >
    <div class="field">
      <label for="token-name">{t('tokens.name')}</label>
      <input
        id="token-name"
        name="name"
        required
        maxLength={100}
        autocomplete="off"
        aria-describedby="token-hint"
        data-test="token-name"
      />
      <p class="hint" id="token-hint">
        {t('tokens.name.hint')}
      </p>
    </div>
    <button type="submit" class="button" data-test="token-create">
      {t('tokens.create')}
    </button>
  </form>
);

export const Tokens = ({ store }: { store: Store }) => {
  const list = useMemo(() => resource<Token[]>(), []);
  const [secret, setSecret] = useState<string | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);

  const load = () => list.load(() => listTokens(store.id));
  useEffect(() => {
    list.clear();
    setSecret(null);
    void load();
  }, [store.id]);

  const change = async (doIt: () => Promise<unknown>) => {
    setFailure(null);
    try {
      await doIt();
      await load();
    } catch (error) {
      setFailure(error instanceof Failure ? error : new Failure('unexpected'));
    }
  };
  const create = (name: string) =>
    void change(async () => setSecret((await createToken(store.id, name)).secret));
  const revoke = (token: Token) => void change(() => revokeToken(token.id));

  const tokens = list.value.value;
  const trouble = failure ?? list.failure.value;
  return (
    <section class="panel" aria-labelledby="tokens-title" data-test="tokens">
      <h2 id="tokens-title">{t('tokens.title')}</h2>
      <p>{t('tokens.lead')}</p>
      {secret !== null && (
        <div class="token-secret" role="status">
          <p>{t('tokens.secret')}</p>
          <Copy text={secret} test="token-secret" />
          <button type="button" class="button" onClick={() => setSecret(null)} data-test="token-done">
            {t('tokens.done')}
          </button>
        </div>
      )}
      {trouble !== null && <Trouble failure={trouble} onRetry={() => void load()} />}
      {tokens !== null && tokens.length === 0 && secret === null && <p class="hint">{t('tokens.none')}</p>}
      {tokens !== null && tokens.length > 0 && (
        <ul class="tokens">
          {tokens.map((token) => (
            <TokenRow key={token.id} token={token} onRevoke={revoke} />
          ))}
        </ul>
      )}
      <NewToken onCreate={create} />
    </section>
  );
};
