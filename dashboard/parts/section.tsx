// A part of a view under a heading of its own.
import type { ComponentChildren } from 'preact';

interface Props {
  id: string;
  title: string;
  hint?: string;
  /** Without the panel's frame, for what brings its own. */
  bare?: boolean;
  children: ComponentChildren;
}

export const Section = ({ id, title, hint, bare = false, children }: Props) => (
  <section class="section" aria-labelledby={`${id}-title`}>
    <div class="section-head">
      <h2 id={`${id}-title`}>{title}</h2>
      {hint !== undefined && <p>{hint}</p>}
    </div>
    <div class={bare ? '' : 'panel'}>{children}</div>
  </section>
);
