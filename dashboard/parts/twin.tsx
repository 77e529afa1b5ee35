// A picture's numbers as a table, folded away under it.
import type { ComponentChildren } from 'preact';
import { t } from '../messages/index.tsx';
import './twin.css';

interface Props {
  /** What the table shows: two of them on a page need two names. */
  of: string;
  test: string;
  children: ComponentChildren;
}

export const Twin = ({ of, test, children }: Props) => (
  <details class="twin" data-test={test}>
    <summary>{t('app.table')}</summary>
    {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
    <section class="twin-table" aria-label={`${of}: ${t('app.table')}`} tabIndex={0}>
      {children}
    </section>
  </details>
);
