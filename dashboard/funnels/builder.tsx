// The builder: steps in their order, and how they are counted. Every change is a new address.
import { useState } from 'preact/hooks';
import { DIMENSIONS } from '../address.ts';
import type { Store } from '../api.ts';
import { t } from '../messages/index.tsx';
import { moved, useFollow } from '../parts/ordered.tsx';
import { choose, chosen, pages } from './asked.ts';
import { Keep } from './kept.tsx';
import { COUNTS, fitting, ORDERS, STEPS, WINDOWS } from './question.ts';
import { StepRow } from './step.tsx';
import { windowName } from './words.ts';
import '../parts/field.css';

const StepList = () => {
  const { steps, count } = chosen.value;
  const { list, follow, followMove } = useFollow<HTMLOListElement>();
  const [said, setSaid] = useState('');
  const set = (next: readonly string[]) => choose({ steps: next });
  const move = (place: number, by: -1 | 1) => {
    followMove(place + by, by < 0 ? 'funnel-step-up' : 'funnel-step-down');
    set(moved(steps, place, by));
    setSaid(t('funnels.step.moved', { from: place + 1, to: place + by + 1 }));
  };
  const remove = (place: number) => {
    follow(Math.min(place, steps.length - 2), 'funnel-step-remove');
    set(steps.filter((_, n) => n !== place));
    setSaid(t('funnels.step.removed', { number: place + 1 }));
  };
  const add = () => {
    follow(steps.length, 'funnel-step-kind');
    set([...steps, count === 'order' ? 'refund' : 'order']);
  };
  return (
    <div class="builder-steps">
      <p class="unseen" role="status">
        {said}
      </p>
      <datalist id="funnel-pages">
        {pages.value.value?.map((path) => (
          <option key={path} value={path} />
        ))}
      </datalist>
      <ol class="step-list" ref={list} aria-label={t('funnels.steps')}>
        {steps.map((step, place) => (
          <StepRow
            // A step is what stands at its place.
            key={place}
            step={step}
            place={place}
            last={place === steps.length - 1}
            count={count}
            onChange={(changed) => set(steps.map((one, n) => (n === place ? changed : one)))}
            onMove={(by) => move(place, by)}
            onRemove={steps.length > STEPS.least ? () => remove(place) : undefined}
          />
        ))}
      </ol>
      <button
        type="button"
        class="button"
        disabled={steps.length >= STEPS.most}
        onClick={add}
        data-test="funnel-step-add"
      >
        {t('funnels.step.add')}
      </button>
    </div>
  );
};

const Options = () => {
  const { order, window, count, by, steps } = chosen.value;
  const windows = WINDOWS.some((one) => one === window) ? WINDOWS : [...WINDOWS, window];
  return (
    <div class="builder-options">
      <label class="field">
        <span>{t('funnels.count')}</span>
        <select
          value={count}
          onChange={(event) => {
            const next = COUNTS.find((one) => one === event.currentTarget.value);
            if (next !== undefined) choose({ count: next, steps: fitting(steps, next) });
          }}
          data-test="funnel-count"
        >
          {COUNTS.map((one) => (
            <option key={one} value={one}>
              {t(`funnels.count.${one}`)}
            </option>
          ))}
        </select>
      </label>
      <label class="field">
        <span>{t('funnels.window')}</span>
        <select
          value={window}
          onChange={(event) => choose({ window: event.currentTarget.value })}
          data-test="funnel-window"
        >
          {windows.map((one) => (
            <option key={one} value={one}>
              {windowName(one)}
            </option>
          ))}
        </select>
      </label>
      <label class="field">
        <span>{t('funnels.order')}</span>
        <select
          value={order}
          onChange={(event) => {
            const next = ORDERS.find((one) => one === event.currentTarget.value);
            if (next !== undefined) choose({ order: next });
          }}
          aria-describedby="funnel-order-is"
          data-test="funnel-order"
        >
          {ORDERS.map((one) => (
            <option key={one} value={one}>
              {t(`funnels.order.${one}`)}
            </option>
          ))}
        </select>
      </label>
      <p class="hint" id="funnel-order-is">
        {t(`funnels.order.${order}.is`)}
      </p>
      <label class="field">
        <span>{t('funnels.by')}</span>
        <select
          value={by ?? ''}
          onChange={(event) =>
            choose({ by: DIMENSIONS.find((one) => one === event.currentTarget.value) ?? null })
          }
          data-test="funnel-by"
        >
          <option value="">{t('funnels.by.none')}</option>
          {DIMENSIONS.map((one) => (
            <option key={one} value={one}>
              {t(`filter.${one}`)}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
};

export const Builder = ({ store }: { store: Store }) => (
  <section class="panel builder" aria-label={t('funnels.builder')} data-test="funnel-builder">
    <StepList />
    <Options />
    <Keep store={store} />
  </section>
);
