// A store's tokens: made, shown once, revoked.
import { useEffect, useId, useMemo, useRef, useState } from 'preact/hooks';
import {
  createToken,
  type Failure,
  failureOf,
  listTokens,
  revokeToken,
  type Store,
  type Token,
} from '../api.ts';
import { f, t } from '../messages/index.tsx';
import { Copy } from '../parts/copy.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { resource } from '../resource.ts';
import { NewToken, type Wanted } from './new-token.tsx';

interface RowProps {
  token: Token;
  onRevoke: (token: Token) => void;
}

/** Asked in place of the button that was pressed: the focus goes to the answer that changes nothing. */
const Sure = ({ token, onRevoke, onKeep }: RowProps & { onKeep: () => void }) => {
  const question = useId();
  const keep = useRef<HTMLButtonElement>(null);
  useEffect(() => keep.current?.focus(), []);
  return (
    <div class="token-sure">
      <span id={question}>{t('tokens.revoke.sure', { name: token.name })}</span>
      <button
        type="button"
        class="button is-danger"
        aria-describedby={question}
        onClick={() => onRevoke(token)}
        data-test="token-revoke-sure"
      >
        {t('tokens.revoke')}
      </button>
      <button ref={keep} type="button" class="button" aria-describedby={question} onClick={onKeep}>
        {t('tokens.keep')}
      </button>
    </div>
  );
};

const endOf = ({ expires }: Token): string => {
  if (expires === null) return t('tokens.endless');
  return t(expires > Date.now() ? 'tokens.expires' : 'tokens.expired', { moment: f().moment(expires) });
};

const TokenRow = ({ token, onRevoke }: RowProps) => {
  const [asked, setAsked] = useState<'not' | 'now' | 'kept'>('not');
  const revoke = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (asked === 'kept') revoke.current?.focus();
  }, [asked]);
  return (
    <li class="token" data-test="token">
      <div>
        <b>{token.name}</b>
        <span class="token-facts">{token.scopes.map((scope) => t(`tokens.scope.${scope}`)).join(' · ')}</span>
        <span class="token-facts">
          {t('tokens.created')} {f().moment(token.created)} · {t('tokens.used')}{' '}
          {token.last_used === null ? t('tokens.never') : f().moment(token.last_used)} · {endOf(token)}
        </span>
      </div>
      {asked === 'now' ? (
        <Sure token={token} onRevoke={onRevoke} onKeep={() => setAsked('kept')} />
      ) : (
        <button
          ref={revoke}
          type="button"
          class="button"
          aria-label={t('tokens.revoke.named', { name: token.name })}
          onClick={() => setAsked('now')}
          data-test="token-revoke"
        >
          {t('tokens.revoke')}
        </button>
      )}
    </li>
  );
};

export const Tokens = ({ store }: { store: Store }) => {
  const list = useMemo(() => resource<Token[]>(), []);
  const [secret, setSecret] = useState<string | null>(null);
  const [revoked, setRevoked] = useState<string | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);

  const load = () => list.load(() => listTokens(store.id));
  useEffect(() => {
    list.clear();
    setSecret(null);
    setRevoked(null);
    void load();
  }, [store.id]);

  const change = async (doIt: () => Promise<unknown>) => {
    setFailure(null);
    setRevoked(null);
    try {
      await doIt();
    } catch (error) {
      setFailure(failureOf(error));
    }
    // After a failure too: somebody else may have revoked it.
    await load();
  };
  const create = (wanted: Wanted) =>
    void change(async () => setSecret((await createToken({ store: store.id, ...wanted })).secret));
  const revoke = (token: Token) =>
    void change(async () => {
      await revokeToken(token.id);
      setRevoked(token.name);
      // Its row goes and takes the pressed button along.
      heading.current?.focus();
    });
  const again = () => {
    setFailure(null);
    void load();
  };
  const done = () => {
    setSecret(null);
    heading.current?.focus();
  };

  const tokens = list.value.value;
  const trouble = failure ?? list.failure.value;
  return (
    <section class="panel" aria-labelledby="tokens-title" data-test="tokens">
      <h2 id="tokens-title" ref={heading} tabIndex={-1}>
        {t('tokens.title')}
      </h2>
      <p class="unseen" role="status">
        {revoked !== null && t('tokens.revoked', { name: revoked })}
      </p>
      <p>{t('tokens.lead')}</p>
      {secret !== null && (
        <div class="token-secret" role="status">
          <p>{t('tokens.secret')}</p>
          <Copy text={secret} test="token-secret" />
          <button type="button" class="button" onClick={done} data-test="token-done">
            {t('tokens.done')}
          </button>
        </div>
      )}
      {trouble !== null && <Trouble failure={trouble} onRetry={again} />}
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
