// What is made, shown once and revoked: tokens, secrets. Their list, and what is asked before one is revoked.
import type { ComponentChildren } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { type Failure, failureOf } from '../api.ts';
import { t } from '../messages/index.tsx';
import { AskBefore } from '../parts/ask-before.tsx';
import { Copy } from '../parts/copy.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { type Resource, resource } from '../resource.ts';
import './credentials.css';

interface Kept {
  id: string;
  name: string;
}

interface Credentials<T extends Kept> {
  list: Resource<T[]>;
  failure: Failure | null;
  /** What was just made, until somebody says that they have it. */
  secret: string | null;
  /** The name of what was just revoked. */
  revoked: string | null;
  /** Makes one; whether that worked. */
  create(make: () => Promise<{ secret: string }>): Promise<boolean>;
  revoke(one: T): Promise<void>;
  again(): void;
  done(): void;
}

/** `section` has the focus when what had it is gone. */
export const useCredentials = <T extends Kept>(
  section: string,
  load: () => Promise<T[]>,
  revoke: (id: string) => Promise<unknown>,
): Credentials<T> => {
  const list = useMemo(() => resource<T[]>(), []);
  const [secret, setSecret] = useState<string | null>(null);
  const [revoked, setRevoked] = useState<string | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const focusTitle = () => document.getElementById(`${section}-title`)?.focus();
  const reload = () => list.load(load);
  useEffect(() => void reload(), []);

  const change = async (doIt: () => Promise<unknown>): Promise<boolean> => {
    setFailure(null);
    setRevoked(null);
    const failed = await doIt().then(
      () => null,
      (error: unknown) => failureOf(error),
    );
    setFailure(failed);
    // After a failure too: somebody else may have revoked it. Not waited for: the form begins anew before it is used again.
    void reload();
    return failed === null;
  };

  return {
    list,
    failure: failure ?? list.failure.value,
    secret,
    revoked,
    create: (make) => change(async () => setSecret((await make()).secret)),
    async revoke(one) {
      await change(async () => {
        await revoke(one.id);
        setRevoked(one.name);
        // Its row goes and takes the pressed button along.
        focusTitle();
      });
    },
    again() {
      setFailure(null);
      void reload();
    },
    done() {
      setSecret(null);
      focusTitle();
    },
  };
};

interface RowProps {
  name: string;
  /** What revoking it does. */
  question: string;
  test: string;
  onRevoke: () => void;
  /** What is to be known of it. */
  children: ComponentChildren;
}

export const CredentialRow = ({ name, question, test, onRevoke, children }: RowProps) => (
  <li class="credential" data-test={test}>
    <div>
      <b>{name}</b>
      {children}
    </div>
    <AskBefore
      label={t('credentials.revoke')}
      named={t('credentials.revoke.named', { name })}
      question={question}
      no={t('credentials.keep')}
      test={`${test}-revoke`}
      onYes={onRevoke}
    />
  </li>
);

interface ListProps<T extends Kept> {
  of: Credentials<T>;
  test: string;
  /** Said when it is made. */
  once: string;
  none: string;
  row: (one: T) => ComponentChildren;
}

export const CredentialList = <T extends Kept>({ of, test, once, none, row }: ListProps<T>) => {
  const all = of.list.value.value;
  return (
    <>
      <p class="unseen" role="status">
        {of.revoked !== null && t('credentials.revoked', { name: of.revoked })}
      </p>
      {of.secret !== null && (
        <div class="credential-secret" role="status">
          <p>{once}</p>
          <Copy text={of.secret} test={`${test}-secret`} />
          <button type="button" class="button" onClick={of.done} data-test={`${test}-done`}>
            {t('credentials.done')}
          </button>
        </div>
      )}
      {of.failure !== null && <Trouble failure={of.failure} onRetry={of.again} />}
      {all !== null && all.length === 0 && of.secret === null && <p class="hint">{none}</p>}
      {all !== null && all.length > 0 && <ul class="credentials">{all.map(row)}</ul>}
    </>
  );
};
