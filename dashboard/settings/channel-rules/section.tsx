// A store's own rules for channels: their list, their order, and what they would do before they do it.
import { useEffect, useMemo, useState } from 'preact/hooks';
import { getDimensions, type RulesTried, type Store, tryChannelRules } from '../../api.ts';
import { t } from '../../messages/index.tsx';
import { moved, useFollow } from '../../parts/ordered.tsx';
import { Trouble } from '../../parts/trouble.tsx';
import { resource } from '../../resource.ts';
import { refusalOf, SettingsForm, saveChange, useDraft, useSaving } from '../saving.tsx';
import type { SettingsSection } from '../section.ts';
import { Rule } from './rule.tsx';
import { CONDITIONS, MOST_RULES, NEW_RULE, rulesOf, type TypedRule, troubleOf, typedOf } from './rules.ts';
import { Tried } from './tried.tsx';
import './channel-rules.css';

/** Sources, media and campaigns that were seen: to choose from while typing. */
const Seen = ({ store }: { store: string }) => {
  const seen = useMemo(() => resource<Awaited<ReturnType<typeof getDimensions>>>(), []);
  useEffect(() => void seen.load(() => getDimensions({ store })), [store]);
  const dimensions = seen.value.value?.dimensions ?? [];
  return (
    <>
      {CONDITIONS.map((name) => (
        <datalist key={name} id={`rules-${name}`}>
          {dimensions
            .find((one) => one.name === name)
            ?.values.filter(({ value }) => value !== '(none)')
            .map(({ value }) => (
              <option key={value} value={value} />
            ))}
        </datalist>
      ))}
    </>
  );
};

const triedText = (tried: RulesTried | null, place: number): string | null => {
  const rule = tried?.rules[place];
  if (rule === undefined) return null;
  return rule.takes === 0 ? t('rules.takes.none') : t('rules.takes', { n: rule.takes, moved: rule.moved });
};

const Form = ({ store }: { store: Store }) => {
  const draft = useDraft({ rules: typedOf(store.channel_rules) });
  const saving = useSaving();
  const dryRun = useMemo(() => resource<{ of: string; tried: RulesTried }>(), []);
  const [asked, setAsked] = useState(false);
  const [said, setSaid] = useState('');
  const { list, follow, followMove } = useFollow<HTMLOListElement>();
  const { rules } = draft.values;
  const wanted = JSON.stringify(rulesOf(rules));

  const set = (next: TypedRule[]) => {
    draft.set('rules', next);
    saving.clear();
  };
  const move = (place: number, by: -1 | 1) => {
    followMove(place + by, by < 0 ? 'rule-up' : 'rule-down');
    set(moved(rules, place, by));
    setSaid(t('rules.moved', { from: place + 1, to: place + by + 1 }));
  };
  const remove = (place: number) => {
    follow(Math.min(place, rules.length - 2), 'rule-remove');
    set(rules.filter((_, n) => n !== place));
    setSaid(t('rules.removed', { number: place + 1 }));
  };
  const right = () => {
    setAsked(true);
    const wrong = rules.findIndex((rule) => troubleOf(rule) !== null);
    if (wrong >= 0) list.current?.querySelectorAll<HTMLElement>('[data-test="rule-source"]')[wrong]?.focus();
    return wrong < 0;
  };
  const tryOut = () => {
    if (!right()) return;
    void dryRun.load(async () => ({ of: wanted, tried: await tryChannelRules(store.id, rulesOf(rules)) }));
  };
  const save = async () => {
    if (!right()) return;
    if (!(await saving.run(() => saveChange(store, { channel_rules: rulesOf(rules) })))) return;
    draft.forget();
    setAsked(false);
  };

  const result = dryRun.value.value;
  const fresh = result?.of === wanted;
  return (
    <SettingsForm
      saving={saving}
      draft={{
        dirty: draft.dirty,
        forget: () => {
          draft.forget();
          setAsked(false);
        },
      }}
      fields={['channel_rules']}
      onSave={() => void save()}
      test="settings-rules"
    >
      <Seen store={store.id} />
      <p class="unseen" role="status">
        {said}
      </p>
      <p class="hint">{t(rules.length === 0 ? 'rules.none' : 'rules.help')}</p>
      <ol class="rules" ref={list}>
        {rules.map((rule, place) => (
          <Rule
            // A rule is what stands at its place.
            key={place}
            rule={rule}
            place={place}
            last={place === rules.length - 1}
            refused={refusalOf(saving, `channel_rules.${place}`)}
            tried={fresh ? triedText(result.tried, place) : null}
            fresh={!asked}
            onChange={(changed) => set(rules.map((one, n) => (n === place ? changed : one)))}
            onMove={(by) => move(place, by)}
            onRemove={() => remove(place)}
          />
        ))}
      </ol>
      <div class="save-bar">
        <button
          type="button"
          class="button"
          disabled={rules.length >= MOST_RULES}
          onClick={() => {
            follow(rules.length, 'rule-source');
            set([...rules, NEW_RULE]);
          }}
          data-test="rule-add"
        >
          {t('rules.add')}
        </button>
        <button
          type="button"
          class="button"
          aria-disabled={dryRun.loading.value}
          onClick={tryOut}
          data-test="rules-try"
        >
          {dryRun.loading.value ? t('rules.trying') : t('rules.try')}
        </button>
      </div>
      <div role="status">{result !== null && <Tried tried={result.tried} stale={!fresh} />}</div>
      {dryRun.failure.value !== null && <Trouble failure={dryRun.failure.value} onRetry={tryOut} />}
    </SettingsForm>
  );
};

export const channelRulesSection: SettingsSection = {
  id: 'channel-rules',
  title: 'rules.title',
  lead: 'rules.lead',
  for: 'editor',
  Form,
};
