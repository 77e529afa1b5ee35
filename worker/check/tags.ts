// What a page's markup says about the tag: its script elements and policies, read as they stream by.

/** A script element of the page, as it is written there. */
export interface Tag {
  src: string | null;
  /** The id in data-store. */
  store: string | null;
  consent: string | null;
  debug: boolean;
  /** A consent tool that holds a script back gives it a type that browsers do not run. */
  type: string;
  nonce: string | null;
  integrity: string | null;
  /** Policies of meta elements before it: those after it come too late to keep it from loading. */
  metas: number;
}

export interface Markup {
  /** Script elements that may be the tag. */
  tags: Tag[];
  /** Policies of meta elements, in their order. */
  metas: string[];
}

/** Elements that may be the tag; a page has hundreds of other scripts. */
const MOST_TAGS = 20;

/** Reads a page to its end. */
export async function readMarkup(page: Response): Promise<Markup> {
  const markup: Markup = { tags: [], metas: [] };
  const read = new HTMLRewriter()
    .on('meta[http-equiv]', {
      element(meta) {
        const content = meta.getAttribute('content');
        if (content && /^content-security-policy$/i.test(meta.getAttribute('http-equiv') ?? ''))
          markup.metas.push(content);
      },
    })
    .on('script', {
      element(script) {
        const src = script.getAttribute('src');
        const store = script.getAttribute('data-store');
        if ((store === null && !/\/t\.js(\?|$)/.test(src ?? '')) || markup.tags.length >= MOST_TAGS) return;
        markup.tags.push({
          src,
          store,
          consent: script.getAttribute('data-consent'),
          debug: script.hasAttribute('data-debug'),
          type: (script.getAttribute('type') ?? '').trim().toLowerCase(),
          nonce: script.getAttribute('nonce'),
          integrity: script.getAttribute('integrity'),
          metas: markup.metas.length,
        });
      },
    })
    .transform(page);
  await read.body?.pipeTo(new WritableStream());
  return markup;
}
