// One thing to fill in: its label, its control, and the line that explains it.
import type { VNode } from 'preact';
import './field.css';

interface Props {
  /** The control's id, from which its explanations have theirs. */
  id: string;
  label: string;
  hint: string;
  /** What is wrong with the answer, or null; left out where only the browser checks it. */
  bad?: string | null;
  /** The control, given what ties it to its label and its explanations. */
  children: (ties: { id: string; 'aria-describedby': string }) => VNode;
}

export const Field = ({ id, label, hint, bad, children }: Props) => (
  <div class="field">
    <label for={id}>{label}</label>
    {children({ id, 'aria-describedby': bad === undefined ? `${id}-hint` : `${id}-hint ${id}-bad` })}
    <p class="hint" id={`${id}-hint`}>
      {hint}
    </p>
    {bad !== undefined && (
      <p class="bad" id={`${id}-bad`} role="status">
        {bad}
      </p>
    )}
  </div>
);
