// A piece of personal data in every field of an event that can hold it, as pages, servers and files would send it.
import type { Piece } from './pieces.ts';

type Fields = Record<string, unknown>;

/** Events without id, visitor or time: a sender gives them. */
export function scattered({ kind, text, named }: Piece, origin: string): Fields[] {
  const page = (path: string, fields: Fields = {}): Fields => ({
    type: 'visit',
    url: `${origin}${path}`,
    ...fields,
  });
  const coded = encodeURIComponent(text);
  const custom = (props: Fields): Fields => ({ type: 'custom', name: 'step', props });
  const sold = { type: 'order', value: 1, currency: 'USD' };
  // A name, a password or a short code is known by nothing but the word beside it.
  const anywhere = [
    page(`/account?${named ?? 'q'}=${coded}&next=/`),
    page(`/account?${named ?? 'q'}=${coded}#${named ?? 'q'}=${coded}`),
    page(`/login#/next?${named ?? 'q'}=${coded}`),
    custom({ [named ?? 'note']: text }),
    { ...page('/p/1'), title: text, ip: text, user_agent: text },
  ];
  if (named)
    return [
      ...anywhere,
      ...(/[\s/]/.test(text)
        ? []
        : [page(`/in/${named}=${coded}/x`), { type: 'custom', name: `at ${named}=${text}` }]),
    ];
  const utm = ['source', 'medium', 'campaign', 'term', 'content']
    .map((name) => `utm_${name}=${coded}`)
    .join('&');
  return [
    ...anywhere,
    page(`/u/${coded}`),
    page(`/u/${text.replace(/[?#]/g, '')}/edit`),
    page(`/app#/u/${coded}`),
    page(`/?${utm}`),
    page(`/?utm_campaign=spring%20${coded}%20sale`),
    page('/', { referrer: `https://partner.example/${coded}?q=${coded}` }),
    ...(/^[\d.]+$/.test(text) && text.includes('.') ? [page('/', { referrer: `http://${text}/` })] : []),
    ...(text.includes(':') && !/\s/.test(text) ? [page('/', { referrer: `http://[${text}]/` })] : []),
    page('/', { referrer: `android-app://${coded}/` }),
    custom({ [text]: 1 }),
    custom({ note: `for ${text}.` }),
    ...(/^\d+$/.test(text) && Number.isSafeInteger(Number(text)) ? [custom({ n: Number(text) })] : []),
    { type: 'custom', name: text },
    { type: 'product', item: text },
    {
      ...sold,
      order: `o-${coded.length}-${coded.charCodeAt(1)}`,
      method: text,
      items: [{ item_id: text, item_name: text }],
    },
    // What is made by chance may be an id: it is what ids are.
    ...(kind === 'session' || (kind === 'token' && !text.startsWith('eyJ'))
      ? []
      : [
          { ...sold, order: text },
          { ...sold, type: 'payment', order: text },
          { ...sold, type: 'refund', order: text },
          page('/', { id: text }),
          page('/', { visit: text }),
          page('/', { visitor: text }),
        ]),
  ];
}

/** The ways in which a piece could be written down. */
export const writtenAs = ({ text }: Piece): string[] => [
  ...new Set([
    text,
    text.toLowerCase(),
    encodeURIComponent(text),
    encodeURI(text),
    new URL(`http://x/${encodeURIComponent(text)}`).pathname.slice(1),
  ]),
];
