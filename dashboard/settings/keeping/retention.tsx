// For how long events are kept: for ever, or for some days, after which they are deleted.
import type { Store } from '../../api.ts';
import { t } from '../../messages/index.tsx';
import { Field } from '../../parts/field.tsx';
import { refusalOf, SettingsForm, saveChange, useDraft, useSaving } from '../saving.tsx';
import type { SettingsSection } from '../section.ts';

const LEAST = 30;
const MOST = 36_500;
/** Two years: a year can be compared with the one before. */
const OFFERED = 730;

const Form = ({ store }: { store: Store }) => {
  const saved = store.retention_days;
  const draft = useDraft({ limited: saved !== null, days: String(saved ?? OFFERED), sure: false });
  const saving = useSaving();
  const { limited, days, sure } = draft.values;
  /** Something that is kept now would be deleted. */
  const deletes = limited && (saved === null || Number(days) < saved);
  const save = async () => {
    const change = { retention_days: limited ? Number(days) : null };
    if (await saving.run(() => saveChange(store, change))) draft.forget();
  };
  const option = (which: 'ever' | 'days', checked: boolean) => (
    <div class="option">
      <input
        type="radio"
        id={`retention-${which}`}
        name="retention"
        checked={checked}
        aria-describedby={`retention-${which}-is`}
        onChange={() => draft.set('limited', which === 'days')}
        data-test={`retention-${which}`}
      />
      <label for={`retention-${which}`}>{t(`retention.${which}`)}</label>
      <p class="hint" id={`retention-${which}-is`}>
        {t(`retention.${which}.is`)}
      </p>
    </div>
  );
  return (
    <SettingsForm
      saving={saving}
      draft={draft}
      fields={['retention_days']}
      onSave={() => void save()}
      test="settings-retention"
    >
      <fieldset class="options" aria-labelledby="retention-title">
        {option('ever', !limited)}
        {option('days', limited)}
      </fieldset>
      {limited && (
        <Field
          id="retention-number"
          label={t('retention.number')}
          hint={t('retention.number.hint')}
          bad={refusalOf(saving, 'retention_days')}
        >
          {(ties) => (
            <input
              {...ties}
              type="number"
              required
              min={LEAST}
              max={MOST}
              step={1}
              value={days}
              onInput={(event) => draft.set('days', event.currentTarget.value)}
              data-test="retention-number"
            />
          )}
        </Field>
      )}
      {deletes && (
        <label class="option" data-test="retention-deletes">
          <input
            type="checkbox"
            required
            checked={sure}
            onChange={(event) => draft.set('sure', event.currentTarget.checked)}
            data-test="retention-sure"
          />
          <span>{t('retention.sure')}</span>
        </label>
      )}
    </SettingsForm>
  );
};

export const retentionSection: SettingsSection = {
  id: 'retention',
  title: 'retention.title',
  lead: 'retention.lead',
  for: 'owner',
  Form,
};
