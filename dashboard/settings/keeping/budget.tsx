// How much may come: events of a day, and what a browser alone is believed.
import type { Store } from '../../api.ts';
import { f, t } from '../../messages/index.tsx';
import { Field } from '../../parts/field.tsx';
import { refusalOf, SettingsForm, saveChange, useDraft, useSaving } from '../saving.tsx';
import type { SettingsSection } from '../section.ts';
import './keeping.css';

/** Events of a day where the store does not say otherwise; as the README has it. */
const USUAL = 5_000_000;

const Today = ({ usage: { events, limit } }: Store) => {
  const text = t('budget.today', {
    events,
    limit,
    share: f().percent(Math.min(1, events / limit), 0),
  });
  return (
    <div class="usage" data-test="usage">
      <meter
        id="usage"
        min={0}
        max={limit}
        low={limit * 0.8}
        high={limit}
        optimum={0}
        value={events}
        aria-label={text}
      />
      <span>{events === 0 ? t('budget.none') : text}</span>
    </div>
  );
};

const numberOf = (text: string, scale = 1): number | null =>
  text.trim() === '' ? null : Math.round(Number(text) * scale);

const Form = ({ store }: { store: Store }) => {
  const minor = 10 ** store.digits;
  const draft = useDraft({
    events: store.daily_events === null ? '' : String(store.daily_events),
    claim: store.claim_limit === null ? '' : String(store.claim_limit / minor),
  });
  const saving = useSaving();
  const { events, claim } = draft.values;
  const save = async () => {
    const change = { daily_events: numberOf(events), claim_limit: numberOf(claim, minor) };
    if (await saving.run(() => saveChange(store, change))) draft.forget();
  };
  return (
    <SettingsForm
      saving={saving}
      draft={draft}
      fields={['daily_events', 'claim_limit']}
      onSave={() => void save()}
      test="settings-budget"
    >
      <Today {...store} />
      <div class="field-row">
        <Field
          id="budget-events"
          label={t('budget.limit')}
          hint={t('budget.limit.hint', { usual: USUAL })}
          bad={refusalOf(saving, 'daily_events')}
        >
          {(ties) => (
            <input
              {...ties}
              type="number"
              min={1000}
              step={1}
              value={events}
              onInput={(event) => draft.set('events', event.currentTarget.value)}
              data-test="budget-events"
            />
          )}
        </Field>
        <Field
          id="budget-claim"
          label={t('budget.claim', { currency: store.currency })}
          hint={t('budget.claim.hint')}
          bad={refusalOf(saving, 'claim_limit')}
        >
          {(ties) => (
            <input
              {...ties}
              type="number"
              min={1 / minor}
              step={1 / minor}
              value={claim}
              onInput={(event) => draft.set('claim', event.currentTarget.value)}
              data-test="budget-claim"
            />
          )}
        </Field>
      </div>
    </SettingsForm>
  );
};

export const budgetSection: SettingsSection = {
  id: 'budget',
  title: 'budget.title',
  lead: 'budget.lead',
  for: 'editor',
  Form,
};
