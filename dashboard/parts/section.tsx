// A part of a view under a heading of its own.
import type { ComponentChildren, VNode } from 'preact';

interface Props {
  id: string;
  title: string;
  hint?: string;
  /** Without the panel's frame, for what brings its own. */
  bare?: boolean;
  /** What can be done with all of it, at the heading's end. */
  tools?: VNode;
  children: ComponentChildren;
}

export const Section = ({ id, title, hint, bare = false, tools, children }: Props) => (
  <section class="section" aria-labelledby={`${id}-title`}>
    <div class="section-head">
      <h2 id={`${id}-title`}>{title}</h2>
      {hint !== undefined && <p>{hint}</p>}
      {tools !== undefined && <div class="section-tools">{tools}</div>}
    </div>
    <div class={bare ? '' : 'panel'}>{children}</div>
  </section>
);
