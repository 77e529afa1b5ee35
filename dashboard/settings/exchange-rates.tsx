// What one unit of each other currency is worth in the store's own.
import { useRef } from 'preact/hooks';
import type { Store } from '../api.ts';
import { f, t } from '../messages/index.tsx';

export interface RateRow {
  currency: string;
  /** As it is typed. */
  rate: string;
}

export const rowsOf = (rates: Store['exchange_rates']): RateRow[] =>
  Object.entries(rates ?? {}).map(([currency, rate]) => ({ currency, rate: String(rate) }));

/** No rates at all keep sums apart, as before there were any. */
export const ratesOf = (rows: readonly RateRow[]): Store['exchange_rates'] =>
  rows.length === 0 ? null : Object.fromEntries(rows.map(({ currency, rate }) => [currency, Number(rate)]));

interface Props {
  /** The store's currency. */
  own: string;
  rows: readonly RateRow[];
  bad: string | null;
  onChange: (rows: RateRow[]) => void;
}

export const ExchangeRates = ({ own, rows, bad, onChange }: Props) => {
  const add = useRef<HTMLButtonElement>(null);
  const free = Intl.supportedValuesOf('currency').filter(
    (code) => code !== own && !rows.some(({ currency }) => currency === code),
  );
  const set = (place: number, change: Partial<RateRow>) =>
    onChange(rows.map((row, n) => (n === place ? { ...row, ...change } : row)));
  const remove = (place: number) => {
    onChange(rows.filter((_, n) => n !== place));
    // The pressed button goes.
    add.current?.focus();
  };
  return (
    <fieldset class="options" data-test="settings-rates">
      <legend>{t('counting.rates')}</legend>
      <p class="hint">{t('counting.rates.hint', { currency: own })}</p>
      {rows.map(({ currency, rate }, place) => (
        <div key={currency} class="rate-row" data-test="settings-rate">
          <span>1</span>
          <select
            value={currency}
            aria-label={t('counting.rates.currency')}
            onChange={(event) => set(place, { currency: event.currentTarget.value })}
            data-test="settings-rate-currency"
          >
            {[currency, ...free].map((code) => (
              <option key={code} value={code}>
                {code} · {f().currency(code)}
              </option>
            ))}
          </select>
          <span>=</span>
          <input
            type="number"
            required
            step="any"
            // Less than any currency is worth in another, and not nothing.
            min={0.000_000_001}
            value={rate}
            aria-label={t('counting.rates.rate', { currency, own })}
            onInput={(event) => set(place, { rate: event.currentTarget.value })}
            data-test="settings-rate-value"
          />
          <span>{own}</span>
          <button
            type="button"
            class="quiet"
            onClick={() => remove(place)}
            aria-label={t('counting.rates.remove.named', { currency })}
            data-test="settings-rate-remove"
          >
            {t('counting.rates.remove')}
          </button>
        </div>
      ))}
      {bad !== null && (
        <p class="bad" role="status">
          {bad}
        </p>
      )}
      <button
        ref={add}
        type="button"
        class="button"
        onClick={() =>
          onChange([...rows, { currency: free.includes('USD') ? 'USD' : (free[0] ?? ''), rate: '' }])
        }
        data-test="settings-rate-add"
      >
        {t('counting.rates.add')}
      </button>
    </fieldset>
  );
};
