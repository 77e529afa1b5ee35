// What people noted, beside the chart that marks it: each leads to its day, and who may can write and delete.
import { useRef, useState } from 'preact/hooks';
import { type Failure, failureOf, type Store } from '../api.ts';
import { f, t } from '../messages/index.tsx';
import { later } from '../parts/later.tsx';
import { Trouble } from '../parts/trouble.tsx';
import type { Days } from '../period.ts';
import { annotations, type Numbered, removeAnnotation } from './annotations.ts';

import './annotations.css';

const AnnotationForm = later(async () => (await import('./form.tsx')).AnnotationForm);

interface Props {
  all: readonly Numbered[];
  store: Store;
  days: Days;
  /** The day that the chart's cursor is on. */
  day: string;
  /** Leads the chart to a day. */
  onDay: (day: string) => void;
}

interface ItemProps {
  one: Numbered;
  writes: boolean;
  onDay: Props['onDay'];
  onDelete: () => Promise<void>;
}

const Item = ({ one, writes, onDay, onDelete }: ItemProps) => {
  const [asked, setAsked] = useState(false);
  return (
    <li data-test="annotation">
      <button
        type="button"
        class="annotation-flag"
        onClick={() => onDay(one.day)}
        aria-label={t('annotations.show', { day: f().weekday(one.day) })}
      >
        {one.number}
      </button>
      <span class="annotation-said">
        <b>{f().day(one.day)}</b> <span data-test="annotation-said">{one.text}</span>
      </span>
      {writes && (
        <button
          type="button"
          class={`quiet ${asked ? 'is-sure' : ''}`}
          onClick={() => (asked ? void onDelete() : setAsked(true))}
          onBlur={() => setAsked(false)}
          aria-label={t(asked ? 'annotations.delete.sure' : 'annotations.delete.named', { text: one.text })}
          data-test="annotation-delete"
        >
          {t(asked ? 'annotations.delete.again' : 'annotations.delete')}
        </button>
      )}
    </li>
  );
};

export const AnnotationList = ({ all, store, days, day, onDay }: Props) => {
  const [writing, setWriting] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const add = useRef<HTMLButtonElement>(null);
  const writes = store.role !== 'viewer';
  const remove = async (one: Numbered) => {
    try {
      await removeAnnotation(one);
      setFailure(null);
    } catch (error) {
      setFailure(failureOf(error));
    }
    // The button that was pressed is gone.
    add.current?.focus();
  };
  const failed = failure ?? annotations.failure.value;
  if (!writes && all.length === 0 && failed === null) return null;
  return (
    <section class="annotations" aria-label={t('annotations.title')}>
      {all.length > 0 && (
        <ol>
          {all.map((one) => (
            <Item key={one.id} one={one} writes={writes} onDay={onDay} onDelete={() => remove(one)} />
          ))}
        </ol>
      )}
      {failed !== null && <Trouble failure={failed} onRetry={() => void annotations.refresh()} />}
      {writes && (
        <button
          ref={add}
          type="button"
          class="quiet"
          onClick={() => setWriting(true)}
          data-test="annotation-add"
        >
          {t('annotations.add')}
        </button>
      )}
      {writing && <AnnotationForm store={store} days={days} day={day} onClose={() => setWriting(false)} />}
    </section>
  );
};
