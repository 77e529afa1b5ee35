// What the script tag leaves to the collector: words in their fields, ids that follow them.
import { expect, it } from 'vitest';
import { spell } from '../../worker/collect/spell.ts';

it.each([
  [
    { type: 'inquiry', via: 'tel', id: 'v.tel' },
    { type: 'inquiry', via: 'phone', id: 'v.phone' },
  ],
  [
    { type: 'inquiry', via: 'mailto', id: 'v.mailto' },
    { type: 'inquiry', via: 'email', id: 'v.email' },
  ],
  [
    { type: 'inquiry', via: 'sms', id: 'v.sms' },
    { type: 'inquiry', via: 'message', id: 'v.message' },
  ],
  [
    { type: 'inquiry', via: '', id: 'v.' },
    { type: 'inquiry', via: 'other', id: 'v.other' },
  ],
  [
    { type: 'inquiry', via: 'tel', id: 'else' },
    { type: 'inquiry', via: 'phone', id: 'else' },
  ],
  [{ type: 'inquiry', via: 'chat', id: 'v.chat' }, null],
  [{ type: 'inquiry', via: 'telepathy', id: 'v.telepathy' }, null],
  [
    { type: 'cart', via: 'tea', id: 'i' },
    { type: 'cart', via: 'tea', item: 'tea', id: 'i' },
  ],
  [
    { type: 'custom', via: 'quiz', id: 'i' },
    { type: 'custom', via: 'quiz', name: 'quiz', id: 'i' },
  ],
  [{ type: 'cart', via: 'tea', item: 'cup', id: 'i' }, null],
  [{ type: 'cart', via: '', id: 'i' }, null],
  [{ type: 'visit', via: 'tel', id: 'i' }, null],
  [
    { type: 'order', order: '\n A-1 ', id: 'order:\n A-1 ' },
    { type: 'order', order: '\n A-1 ', id: 'order:A-1' },
  ],
  [{ type: 'order', order: ' A-1', id: 'order:A-2' }, null],
  [{ type: 'order', order: 7, id: 'order:7' }, null],
  [{ type: 'inquiry', via: 'tel' }, null],
  [{ type: 'inquiry', via: 'tel', id: 7 }, null],
  [{}, null],
])('%j', (sent, spelt) => {
  expect(spell(sent)).toEqual(spelt ?? sent);
});
