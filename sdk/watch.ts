// What a page tells in plain HTML: data-tundish-TYPE="VALUE", <meta name="tundish:TYPE" content="VALUE">, and links to
// ask the shop by.
import { LINK } from './links.ts';
import { take } from './tracker.ts';

/** A value is JSON of the fields, or an inquiry's way. Without a type, data-tundish="ignore", nothing is told. */
const declare = (type: string, value: string): void => {
  let fields: unknown = { via: value };
  try {
    fields = JSON.parse(value);
  } catch {
    // Plain text, or broken: the collector will say what is missing.
  }
  if (type) take(type.toLowerCase(), fields);
};

/** Tells what the head declares. What is told loses its name: what the page adds later is new. */
export const readHead = (): void => {
  document.querySelectorAll<HTMLMetaElement>('[name^="tundish:"]').forEach((meta) => {
    declare(meta.name.slice(8), meta.content);
    meta.name = '';
  });
};

type Element = HTMLFormElement & HTMLAnchorElement;

/** Tells what is declared on what is clicked and submitted, and links to ask by. */
const onEvent = (event: Event): unknown => {
  // Out of shadow trees, too. What is nearest decides.
  // A form, which alone has a method, tells when it is submitted; all else when it is clicked.
  for (const { method, dataset, href } of event.composedPath() as Element[])
    if (!method === event.type < 'd') {
      for (const name in dataset)
        if (/^tundish/.test(name)) return declare(name.slice(7), dataset[name] as string);
      // Of what has no address in text, a link in a drawing say, `exec` makes a text that is none.
      const link = LINK.exec(href);
      if (link) return take('inquiry', { via: link[1] ?? 'chat' });
    }
  return undefined;
};

export const watchClicks = (): void => {
  // In the capture phase, before the page could stop the event.
  addEventListener('click', onEvent, true);
  addEventListener('submit', onEvent, true);
};
