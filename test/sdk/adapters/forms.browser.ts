// Contact forms in a real browser: recognised, and counted when they are submitted.
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { calm, stage } from '../stage.ts';
import { callsOf, spy, told } from './shop.ts';

const on = stage();
const TAGS = '{tag}{t.forms.js}';

const MESSAGE = '<textarea name=message></textarea>';
const MAIL = '<input type=email name=email>';
const SEND = '<button>Send</button>';
const ASK = MAIL + MESSAGE + SEND;

/** Traps for robots, as plugins hide them: what they are called must not matter. */
const TRAP = '<input name=address autocomplete=off>';

/** A form's HTML, by its attributes and what it holds. */
const form = (inside: string, attributes = ''): string => `<form ${attributes}>${inside}</form>`;

const ASKS: Record<string, string> = {
  'an e-mail address and a message': form(ASK),
  'a phone number in its place': form(`<input type=tel name=x>${MESSAGE}`),
  'a mail field that is plain text': form(`<input name="contact[E-Mail]">${MESSAGE}`),
  'a phone field by its hint to browsers': form(`<input autocomplete="tel-national">${MESSAGE}`),
  'a Chinese form of generic names': form(`<input name=field_1 placeholder="您的手机号">${MESSAGE}`),
  'a mail field called an address': form(
    `<input type=email name=email_address placeholder="Your e-mail address">${MESSAGE}`,
  ),
  'a comment by name, as some call the question': form(
    `${MAIL}<textarea name=comment></textarea>`,
    'id=contact-form',
  ),
  'a copy to oneself': form(`${ASK}<input type=checkbox name=cc-me>`),
  'a quotation with a quantity and a file': form(
    `${ASK}<input type=number name=quantity><input type=file name=plan>`,
  ),
  'fields outside, by their form attribute': `<input type=email name=email form=f>${form(MESSAGE, 'id=f')}`,
  'fields called like what forms have': form(
    `${ASK}<input name=id><input name=action><input name=className>`,
  ),
  'custom elements in the part of fields': form(
    '<x-input name=email></x-input><x-textarea name=message></x-textarea>',
  ),
  'a message that talks of reviews, orders and passwords': form(
    `${MAIL}<textarea name=m placeholder="Password, street, zip?">review my order, rating, cvv</textarea>`,
  ),
  'a name that only contains another word': form(
    ASK,
    'class="form-preview research" action="/cartridges/plugin"',
  ),
  'a trap that keys do not reach': form(ASK + TRAP.replace('>', ' tabindex=-1>')),
  'a trap that is not displayed': form(`${ASK}<div style="display:none">${TRAP}</div>`),
  'a trap that is not visible': form(`${ASK}<div style="visibility:hidden">${TRAP}</div>`),
  'a transparent trap': form(`${ASK}<div style="opacity:0">${TRAP}</div>`),
  'a trap far outside': form(`${ASK}<div style="position:absolute;left:-9999px">${TRAP}</div>`),
  'a trap without a size': form(`${ASK}<input name=street style="width:0;height:0;padding:0;border:0">`),
  'a trap of the hidden type': form(`${ASK}<input type=hidden name=street>`),
  'a trap that asks for a password': form(`${ASK}<input type=password name=pass hidden>`),
  'a hidden field that is required, where the page checks by itself': form(
    `${ASK}<input name=company required hidden>`,
    'novalidate',
  ),
};

const ASKS_NOT: Record<string, string> = {
  'no message': form(MAIL + SEND, 'class=contact'),
  'nothing to answer to': form(`<input name=hotel>${MESSAGE}`),
  'a message that is hidden, as a captcha’s is': form(
    `${MAIL}<textarea name=g-recaptcha-response style="display:none"></textarea>`,
  ),
  'a mail field that is hidden': form(`<input type=hidden name=email>${MESSAGE}`),
  'a mail field that is a trap': form(`<div style="display:none">${MAIL}</div>${MESSAGE}`),
  registration: form(`${ASK}<input type=password name=p>`),
  'a code to sign in': form(`${ASK}<input autocomplete=one-time-code>`),
  'checkout by the address': form(`${ASK}<input name=billing_address_1>`),
  'checkout by the browser’s names': form(`${ASK}<input autocomplete="shipping street-address">`),
  'checkout whose address is the text': form(`${MAIL}<textarea name=shippingAddress></textarea>`),
  'checkout by the post code': form(`${ASK}<input name=postalCode>`),
  'checkout in Chinese': form(`${ASK}<input name=field_2 placeholder="详细地址">`),
  'checkout by the card': form(`${ASK}<input autocomplete=cc-number>`),
  'checkout by its name': form(ASK, 'name=checkout'),
  'a note on the cart': form(ASK, 'action="/cart/add"'),
  'a review with stars in view': form(`${ASK}<select name=rating></select>`),
  'a review with hidden stars': form(`${ASK}<input type=radio name="ratings[4]" style="display:none">`),
  'a review by its name': form(ASK, 'class="product-review-form"'),
  'a comment on an article': form(ASK, 'id=commentform class=comment-form action="/wp-comments-post.php"'),
  'a newsletter with a reason': form(ASK, 'class=newsletter-signup'),
  'a search': form(ASK, 'action="/search"'),
  'a recommendation to a friend': form(ASK, 'action="/sendfriend/product/send"'),
  'one that the browser finds incomplete': form(`${MAIL}<textarea name=m required></textarea>`),
  'one that is incomplete where the page checks by itself': form(
    `${MAIL}<textarea name=m required></textarea>`,
    'novalidate',
  ),
  'one that the shop has marked: the tracker counts it': form(ASK, 'data-tundish-inquiry=email'),
  'one whose button the shop has marked': form(MAIL + MESSAGE + SEND.replace('>', ' data-tundish-inquiry>')),
  'one to be ignored': form(ASK, 'data-tundish=ignore'),
  'one in a part of the page to be ignored': `<div data-tundish=ignore><p>${form(ASK)}</p></div>`,
  'one with a field in the place of its fields': form(`${ASK}<input name=elements>`),
};

it('knows a contact form from any other, and reads no text', async () => {
  on.shop.pages['/'] = `<main></main>${TAGS}`;
  await on.page.goto(on.shop.url);
  await spy(on.page);
  const seen = await on.page.evaluate(`{
    class Field extends HTMLElement { static formAssociated = true; attachInternals() { return super.attachInternals() } }
    for (const name of ['x-input', 'x-textarea']) customElements.define(name, class extends Field {
      constructor() { super(); this.attachInternals(); this.style = 'display:block;width:90px;height:20px' }
    });
    let reads = 0;
    for (const { prototype } of [HTMLInputElement, HTMLTextAreaElement]) {
      const { get } = Object.getOwnPropertyDescriptor(prototype, 'value');
      Object.defineProperty(prototype, 'value', { get() { reads++; return get.call(this) } });
    }
    document.addEventListener('submit', (event) => event.preventDefault());
    const main = document.querySelector('main');
    const counts = {};
    for (const [name, html] of Object.entries(${JSON.stringify({ ...ASKS, ...ASKS_NOT })})) {
      main.innerHTML = html;
      calls.length = 0;
      HTMLFormElement.prototype.requestSubmit.call(main.querySelector('form'));
      counts[name] = calls.map((call) => JSON.stringify(call)).join();
    }
    ({ counts, reads });
  }`);
  const all = (rows: object, call: string) => Object.keys(rows).map((name) => [name, call]);
  expect(seen).toEqual({
    counts: Object.fromEntries([...all(ASKS, '["inquiry",{"via":"form"}]'), ...all(ASKS_NOT, '')]),
    reads: 0,
  });
});

/** The page sends the form by itself, and lets nobody else hear of it. */
const OWN_WAY = `<script>
  document.addEventListener('submit', (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    fetch('/sent', { method: 'POST', body: new FormData(event.target) }).then(() => { window.sent = true });
  }, true);
</script>`;

it('counts one that the page sends by itself, loaded when its message has the focus', async () => {
  on.shop.pages['/'] = `${OWN_WAY}{tag}${form(MAIL + MESSAGE.replace('>', ' required>') + SEND)}`;
  await on.page.goto(on.shop.url);
  await on.page.focus('textarea');
  await on.page.addScriptTag({ url: `${on.collector.url}/t.forms.js` });
  await spy(on.page);
  await on.page.fill('input', 'mia@shop.example');
  // The browser stops this one: the message is missing.
  await on.page.press('input', 'Enter');
  await on.page.type('textarea', 'A SECRET question');
  expect(await callsOf(on.page)).toEqual([]);
  await on.page.click('button');
  await on.page.waitForFunction('window.sent');
  await on.collector.until(() => told(on).length > 0);
  expect(told(on)).toEqual([{ type: 'inquiry', via: 'form' }]);
  expect(JSON.stringify(on.collector.requests)).not.toMatch(/secret|mia@/i);
});

it('counts one that leaves the page', async () => {
  on.shop.pages['/'] = `${TAGS}${form(ASK, 'action=/thanks method=post')}`;
  await on.page.goto(on.shop.url);
  await on.page.waitForFunction('window.tundish');
  await on.page.click('button');
  await on.page.waitForURL('**/thanks');
  const events = await on.collector.until(() => told(on).length > 0, 0);
  expect(events.find(({ type }) => type === 'inquiry')?.url).toBe(`${on.shop.url}/?`);
});

it.each<
  [name: string, inside: string, attributes: string, act: (page: Page) => Promise<void>, times: number]
>([
  ['counts one in shadow trees, sent by its button', ASK, '', (page) => page.click('button'), 1],
  [
    'counts one in shadow trees, sent by a key',
    MAIL + MESSAGE,
    '',
    (page) => page.press('input', 'Enter'),
    1,
  ],
  [
    'leaves alone one whose tree lies in what is to be ignored',
    ASK,
    'data-tundish=ignore',
    (page) => page.click('button'),
    0,
  ],
])('%s', async (_, inside, attributes, act, times) => {
  // The form sends itself, and its events end at it.
  on.shop.pages['/'] = `${TAGS}<x-outer ${attributes}></x-outer><script>
    customElements.define('x-contact', class extends HTMLElement {
      connectedCallback() {
        const root = this.attachShadow({ mode: 'open' });
        root.innerHTML = \`${form(inside)}\`;
        root.firstChild.onsubmit = (event) => { event.stopPropagation(); event.preventDefault(); };
      }
    });
    customElements.define('x-outer', class extends HTMLElement {
      connectedCallback() { this.attachShadow({ mode: 'open' }).innerHTML = '<x-contact></x-contact>' }
    });
  </script>`;
  await on.page.goto(on.shop.url);
  await spy(on.page);
  await on.page.fill('input', 'mia@shop.example');
  await act(on.page);
  expect(await callsOf(on.page)).toEqual(Array(times).fill(['inquiry', { via: 'form' }]));
});

it('survives submits of what is no form, and a tracker that fails', async () => {
  on.shop.pages['/'] = `${TAGS}${form(ASK)}`;
  await on.page.goto(on.shop.url);
  await on.page.waitForFunction('window.tundish');
  await on.page.evaluate(`
    for (const target of [window, document, document.body]) target.dispatchEvent(new Event('submit'));
    window.tundish = () => { throw new Error('No.') };
    const form = document.querySelector('form');
    form.addEventListener('submit', (event) => event.preventDefault());
    form.requestSubmit();
  `);
  await calm(100);
});
