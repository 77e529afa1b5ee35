// Funnels that are at hand: ready-made ones, and those that are kept for the store; the one on the screen is kept here.
import { useRef, useState } from 'preact/hooks';
import {
  changeFunnel,
  deleteFunnel,
  type Failure,
  failureOf,
  type KeptFunnel,
  keepFunnel,
  type Store,
} from '../api.ts';
import { t } from '../messages/index.tsx';
import { AskBefore } from '../parts/ask-before.tsx';
import { Link } from '../parts/link.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { go } from '../state.ts';
import { chosen, kept, opened, questionNow, toFunnel, toKept } from './asked.ts';
import { TEMPLATES, type TemplateName, writeChoice } from './question.ts';

const TEMPLATE_NAMES = Object.keys(TEMPLATES) as TemplateName[];

const same = (a: object, b: object): boolean => JSON.stringify(a) === JSON.stringify(b);

const Chips = ({ all }: { all: readonly KeptFunnel[] }) => (
  <div class="kept-lists">
    <div class="kept-list">
      <span class="kept-title" id="templates-title">
        {t('funnels.templates')}
      </span>
      <ul aria-labelledby="templates-title">
        {TEMPLATE_NAMES.map((name) => (
          <li key={name}>
            <Link
              to={toFunnel(TEMPLATES[name], null)}
              class="kept-chip"
              current={opened.value === null && same(writeChoice(TEMPLATES[name]), writeChoice(chosen.value))}
              test={`template-${name}`}
              stay
            >
              {t(`funnels.template.${name}`)}
            </Link>
          </li>
        ))}
      </ul>
    </div>
    {all.length > 0 && (
      <div class="kept-list">
        <span class="kept-title" id="kept-title">
          {t('funnels.kept')}
        </span>
        <ul aria-labelledby="kept-title">
          {all.map((one) => (
            <li key={one.id}>
              <Link
                to={toKept(one)}
                class="kept-chip"
                current={opened.value === one.id}
                test="kept-funnel"
                stay
              >
                {one.name}
              </Link>
            </li>
          ))}
        </ul>
      </div>
    )}
  </div>
);

/** Key order of a question is its schema's; what is asked now has its own. */
const sorted = (question: object): [string, unknown][] =>
  Object.entries(question)
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));

const Keeping = ({ store, one }: { store: Store; one: KeptFunnel | null }) => {
  const [said, setSaid] = useState('');
  const [failure, setFailure] = useState<Failure | null>(null);
  const name = useRef<HTMLInputElement>(null);
  const changed = one !== null && !same(sorted(one.question), sorted(questionNow()));

  const run = async (change: () => Promise<string>) => {
    setFailure(null);
    try {
      setSaid(await change());
    } catch (error) {
      setSaid('');
      setFailure(failureOf(error));
    }
    await kept.refresh();
  };
  const keep = (wanted: string) =>
    run(async () => {
      const made = await keepFunnel({ store: store.id, name: wanted, question: questionNow() });
      go(toFunnel(chosen.peek(), made.id), 'replace');
      return t('funnels.keep.kept', { name: made.name });
    });
  const save = (id: string, wanted: string) =>
    run(async () => {
      const { name } = await changeFunnel(id, { name: wanted, question: questionNow() });
      return t('funnels.keep.kept', { name });
    });
  const forget = ({ id, name: gone }: KeptFunnel) =>
    run(async () => {
      await deleteFunnel(id);
      go(toFunnel(chosen.peek(), null), 'replace');
      // The pressed button goes.
      name.current?.focus();
      return t('funnels.keep.deleted', { name: gone });
    });

  return (
    <form
      class="keeping"
      onSubmit={(event) => {
        event.preventDefault();
        const wanted = name.current?.value.trim() ?? '';
        if (wanted !== '') void (one === null ? keep(wanted) : save(one.id, wanted));
      }}
    >
      <label class="field">
        <span>{t('funnels.keep.name')}</span>
        <input
          ref={name}
          key={one?.id ?? 'new'}
          defaultValue={one?.name ?? ''}
          required
          maxLength={100}
          autocomplete="off"
          data-test="funnel-name"
        />
      </label>
      <button type="submit" class="button" data-test="funnel-keep">
        {t(one === null ? 'funnels.keep' : 'funnels.keep.save')}
      </button>
      {one !== null && (
        <Link to={toFunnel(chosen.value, null)} class="button" test="funnel-as-new" stay>
          {t('funnels.keep.another')}
        </Link>
      )}
      {one !== null && (
        <AskBefore
          key={one.id}
          label={t('funnels.keep.delete')}
          question={t('funnels.keep.delete.sure', { name: one.name })}
          no={t('funnels.keep.leave')}
          test="funnel-delete"
          onYes={() => void forget(one)}
        />
      )}
      <span class="keeping-said" role="status" data-test="funnel-said">
        {changed && said === '' ? t('funnels.keep.changed') : said}
      </span>
      {failure !== null && <Trouble failure={failure} />}
    </form>
  );
};

/** To begin with, and to come back to. */
export const AtHand = () => (
  <section class="kept" aria-label={t('funnels.kept.title')}>
    <Chips all={kept.value.value ?? []} />
    {kept.failure.value !== null && (
      <Trouble failure={kept.failure.value} onRetry={() => void kept.refresh()} />
    )}
  </section>
);

/** For who may change something: keeps what is on the screen. */
export const Keep = ({ store }: { store: Store }) => {
  const one = (kept.value.value ?? []).find(({ id }) => id === opened.value) ?? null;
  return store.role === 'viewer' ? null : <Keeping key={store.id} store={store} one={one} />;
};
