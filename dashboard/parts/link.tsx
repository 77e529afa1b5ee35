// A link within the dashboard: a real address, followed without loading the page again.
import type { ComponentChildren } from 'preact';
import type { Address } from '../address.ts';
import { go, linkTo } from '../state.ts';

interface Props {
  to: Partial<Address>;
  class?: string;
  current?: boolean;
  /** What it leads to is seen from where the reader is: the page stays where it was scrolled to. */
  stay?: boolean;
  /** What following it does, where its text does not say. */
  title?: string;
  test?: string;
  children: ComponentChildren;
}

export const Link = ({ to, class: name, current = false, stay = false, title, test, children }: Props) => {
  const follow = (event: MouseEvent) => {
    // A new tab or window is the browser's business.
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    go(to);
    if (!stay) scrollTo({ top: 0 });
  };
  return (
    <a
      href={linkTo(to)}
      class={name}
      title={title}
      onClick={follow}
      aria-current={current ? 'page' : undefined}
      data-test={test}
    >
      {children}
    </a>
  );
};
