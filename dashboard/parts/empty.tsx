// What stands where there is nothing yet: what will be here, and what brings it.
import type { ComponentChildren } from 'preact';

interface Props {
  title: string;
  children: ComponentChildren;
}

export const Empty = ({ title, children }: Props) => (
  <div class="empty">
    <p class="empty-title">{title}</p>
    <div class="empty-text">{children}</div>
  </div>
);
