// What every form of the settings does alike: keeps what is not saved yet, saves it, and says what came of that.
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { type Failure, failureOf, type Store, type StoreChange } from '../api.ts';
import { saveStore } from '../data.ts';
import { t } from '../messages/index.tsx';
import { Trouble } from '../parts/trouble.tsx';

export interface Draft<T> {
  /** As they are in the form: what was changed here, and of the rest what is saved. */
  values: T;
  /** Whether anything is not saved. */
  dirty: boolean;
  /** Whether this is not saved: what is sent with it would undo what somebody else has changed meanwhile. */
  has(name: keyof T): boolean;
  set<K extends keyof T>(name: K, value: T[K]): void;
  /** Back to what is saved. */
  forget(): void;
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Only what was touched is kept here: what is saved may change meanwhile, by a refresh or by somebody else. */
export const useDraft = <T extends object>(saved: T): Draft<T> => {
  const [changed, setChanged] = useState<Partial<T>>({});
  const values = { ...saved, ...changed };
  return {
    values,
    dirty: !same(values, saved),
    has: (name) => !same(values[name], saved[name]),
    set: (name, value) => setChanged((before) => ({ ...before, [name]: value })),
    forget: () => setChanged({}),
  };
};

export interface Saving {
  busy: boolean;
  /** What the last save did, in a sentence. */
  said: string | null;
  failure: Failure | null;
  /** Saves; what `save` returns is said. Afterwards it is known whether that worked. */
  run(save: () => Promise<string>): Promise<boolean>;
  /** Nothing was said. */
  clear(): void;
}

export const useSaving = (): Saving => {
  const [state, setState] = useState<Pick<Saving, 'busy' | 'said' | 'failure'>>({
    busy: false,
    said: null,
    failure: null,
  });
  return {
    ...state,
    async run(save) {
      setState({ busy: true, said: null, failure: null });
      try {
        setState({ busy: false, said: await save(), failure: null });
        return true;
      } catch (error) {
        setState({ busy: false, said: null, failure: failureOf(error) });
        return false;
      }
    },
    clear: () => setState({ busy: false, said: null, failure: null }),
  };
};

/** Changes the store, and says whether everything is counted anew for it. */
export const saveChange = async (store: Store, change: StoreChange): Promise<string> => {
  const fresh = await saveStore(store, change);
  return t(fresh.recounting ? 'settings.saved.recounting' : 'settings.saved');
};

/** Why the server refuses what was put into a field, or into a part of it; null where it is content. */
export const refusalOf = ({ failure }: Saving, field: string): string | null => {
  const problem = failure?.code === 'invalid_parameter' ? failure.problem : null;
  const parameter = problem?.parameter ?? '';
  if (problem === null || (parameter !== field && !parameter.startsWith(`${field}.`))) return null;
  return t('settings.refused', { detail: problem.detail.replace(`${parameter}: `, '') });
};

interface Props {
  saving: Saving;
  draft: Pick<Draft<object>, 'dirty' | 'forget'>;
  /** Fields that say themselves what the server refuses of them. */
  fields: readonly string[];
  onSave: () => void;
  test: string;
  children: ComponentChildren;
}

export const SettingsForm = ({ saving, draft, fields, onSave, test, children }: Props) => {
  const { busy, said, failure } = saving;
  const told = failure !== null && fields.some((field) => refusalOf(saving, field) !== null);
  return (
    <form
      class="form"
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) onSave();
      }}
      onInput={() => said !== null && saving.clear()}
      data-test={test}
    >
      {children}
      {failure !== null && !told && <Trouble failure={failure} />}
      <div class="save-bar">
        {/* Not disabled while it saves: the focus would be lost. */}
        <button type="submit" class="button is-main" aria-disabled={busy} data-test={`${test}-save`}>
          {busy ? t('settings.saving') : t('settings.save')}
        </button>
        {draft.dirty && (
          <>
            <button type="button" class="button" onClick={draft.forget} data-test={`${test}-forget`}>
              {t('settings.forget')}
            </button>
            <span class="hint">{t('settings.unsaved')}</span>
          </>
        )}
        <p class="save-said" role="status" data-test={`${test}-said`}>
          {!draft.dirty && said}
        </p>
      </div>
    </form>
  );
};
