// How the store counts: who is effective, which sales count, what other currencies are worth.
import type { Store, StoreChange } from '../api.ts';
import { t } from '../messages/index.tsx';
import { Field } from '../parts/field.tsx';
import { ExchangeRates, ratesOf, rowsOf } from './exchange-rates.tsx';
import { refusalOf, SettingsForm, saveChange, useDraft, useSaving } from './saving.tsx';
import type { SettingsSection } from './section.ts';

const SECOND = 1_000;
/** Seconds of attention that the server takes: one to half an hour. */
const SECONDS = { least: 1, most: 1_800 };

type Confirm = Store['confirm'];
const CONFIRM = ['none', 'payments', 'all'] as const satisfies readonly Confirm[];

const ConfirmChoice = ({ chosen, onChoose }: { chosen: Confirm; onChoose: (one: Confirm) => void }) => (
  <fieldset class="options" data-test="settings-confirm">
    <legend>{t('counting.confirm')}</legend>
    {CONFIRM.map((one) => (
      <div key={one} class="option">
        <input
          type="radio"
          id={`confirm-${one}`}
          name="confirm"
          checked={one === chosen}
          aria-describedby={`confirm-${one}-is`}
          onChange={() => onChoose(one)}
          data-test={`settings-confirm-${one}`}
        />
        <label for={`confirm-${one}`}>{t(`counting.confirm.${one}`)}</label>
        <p class="hint" id={`confirm-${one}-is`}>
          {t(`counting.confirm.${one}.is`)}
        </p>
      </div>
    ))}
  </fieldset>
);

const Form = ({ store }: { store: Store }) => {
  const draft = useDraft({
    pages: String(store.min_pages),
    seconds: String(store.min_engaged / SECOND),
    confirm: store.confirm,
    rates: rowsOf(store.exchange_rates),
  });
  const saving = useSaving();
  const { pages, seconds, confirm, rates } = draft.values;
  const save = async () => {
    const change: StoreChange = {
      ...(draft.has('pages') ? { min_pages: Number(pages) } : {}),
      ...(draft.has('seconds') ? { min_engaged: Math.round(Number(seconds) * SECOND) } : {}),
      ...(draft.has('confirm') ? { confirm } : {}),
      ...(draft.has('rates') ? { exchange_rates: ratesOf(rates) } : {}),
    };
    if (await saving.run(() => saveChange(store, change))) draft.forget();
  };
  return (
    <SettingsForm
      saving={saving}
      draft={draft}
      fields={['min_pages', 'min_engaged', 'exchange_rates']}
      onSave={() => void save()}
      test="settings-counting"
    >
      <div class="field-row">
        <Field
          id="settings-pages"
          label={t('counting.pages')}
          hint={t('counting.pages.hint')}
          bad={refusalOf(saving, 'min_pages')}
        >
          {(ties) => (
            <input
              {...ties}
              type="number"
              required
              min={1}
              max={100}
              value={pages}
              onInput={(event) => draft.set('pages', event.currentTarget.value)}
              data-test="settings-pages"
            />
          )}
        </Field>
        <Field
          id="settings-seconds"
          label={t('counting.seconds')}
          hint={t('counting.seconds.hint')}
          bad={refusalOf(saving, 'min_engaged')}
        >
          {(ties) => (
            <input
              {...ties}
              type="number"
              required
              step="any"
              min={SECONDS.least}
              max={SECONDS.most}
              value={seconds}
              onInput={(event) => draft.set('seconds', event.currentTarget.value)}
              data-test="settings-seconds"
            />
          )}
        </Field>
      </div>
      <ConfirmChoice chosen={confirm} onChoose={(one) => draft.set('confirm', one)} />
      <ExchangeRates
        own={store.currency}
        rows={rates}
        bad={refusalOf(saving, 'exchange_rates')}
        onChange={(rows) => draft.set('rates', rows)}
      />
    </SettingsForm>
  );
};

export const countingSection: SettingsSection = {
  id: 'counting',
  title: 'counting.title',
  lead: 'counting.lead',
  for: 'editor',
  Form,
};
