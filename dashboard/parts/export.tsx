// What is on the screen, to take along: the endpoint's own CSV of the same question, and the picture as PNG.
import type { TargetedToggleEvent } from 'preact';
import { useId, useState } from 'preact/hooks';
import { t } from '../messages/index.tsx';
import './export.css';

/** A picture of the page, looked for when somebody wants it. */
export interface Picture {
  element: () => SVGSVGElement | HTMLCanvasElement | null;
  /** Written above it, the title first: a file travels without its page. */
  lines: readonly string[];
}

interface Props {
  /** What is taken along: two menus on a page need two names. */
  of: string;
  /** The file's name without its ending; see `fileName`. */
  file: string;
  /** Where the endpoint answers the question on the screen as CSV; see `csvOf` in api.ts. */
  csv?: string;
  picture?: Picture;
  test: string;
}

/** Room that the menu takes; where there is less to the right of its button, it opens to the left. */
const MENU_WIDTH = 288;

export const fileName = (what: string, { from, to }: { from: string; to: string }): string =>
  `tundish-${what}-${from}-${to}`;

/** Under its button, and with it when the page scrolls. */
const place = (menu: HTMLElement, button: HTMLElement): void => {
  const { left, right, bottom } = button.getBoundingClientRect();
  const page = document.documentElement.clientWidth;
  menu.style.top = `${bottom + scrollY + 4}px`;
  const fits = left + MENU_WIDTH < page;
  menu.style.left = fits ? `${left}px` : 'auto';
  menu.style.right = fits ? 'auto' : `${page - right}px`;
};

const save = async ({ element, lines }: Picture, file: string): Promise<void> => {
  const found = element();
  if (found === null) throw new Error('The picture is not on the page.');
  const { pngOf } = await import('./png.ts');
  const address = URL.createObjectURL(await pngOf(found, lines));
  const link = document.createElement('a');
  link.href = address;
  link.download = `${file}.png`;
  link.click();
  // The browser reads it after this turn.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
};

export const Export = ({ of, file, csv, picture, test }: Props) => {
  const id = useId();
  const [failed, setFailed] = useState(false);
  const menu = () => document.getElementById(id);
  const close = () => menu()?.hidePopover();
  const opening = (event: TargetedToggleEvent<HTMLElement>) => {
    const [list, button] = [menu(), document.getElementById(`${id}-button`)];
    if (event.newState !== 'open' || list === null || button === null) return;
    setFailed(false);
    place(list, button);
  };
  const take = () => {
    if (picture !== undefined) save(picture, file).then(close, () => setFailed(true));
  };
  return (
    <span class="export">
      <button
        type="button"
        class="quiet"
        id={`${id}-button`}
        popovertarget={id}
        aria-label={t('export.of', { what: of })}
        data-test={test}
      >
        {t('export.button')}
      </button>
      <div popover="auto" id={id} class="export-menu" onBeforeToggle={opening}>
        {csv !== undefined && (
          <a href={csv} download={`${file}.csv`} onClick={close} data-test={`${test}-csv`}>
            <b>CSV</b> <span>{t('export.csv')}</span>
          </a>
        )}
        {picture !== undefined && (
          <button type="button" onClick={take} data-test={`${test}-png`}>
            <b>PNG</b> <span>{t('export.png')}</span>
          </button>
        )}
        <p role="status">{failed && t('export.failed')}</p>
      </div>
    </span>
  );
};
