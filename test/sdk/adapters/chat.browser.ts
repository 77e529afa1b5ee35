// Chat widgets in a real browser with the real tag, each played by its documented interface.
import { expect, it } from 'vitest';
import { calm, stage } from '../stage.ts';
import { serve, told } from './shop.ts';
import { WIDGETS, type Widget } from './widgets.ts';

const on = stage();
const tags = serve(on, 'chat');

const HEARD = '<script>window.heardTimes = 0; function heard() { heardTimes++ }</script>';

const inline = (code = ''): string => (code ? `<script>${code}</script>` : '');

/** Loads a page and has the calls written down that the adapter makes, before the tracker has its say. */
async function visit(html: string): Promise<void> {
  on.shop.pages['/'] = HEARD + html;
  await on.page.goto(on.shop.url);
  await on.page.evaluate(`{
    const { tundish } = window;
    window.calls = [];
    window.tundish = (...call) => { calls.push(call); tundish(...call) };
  }`);
}

const calls = () => on.page.evaluate('calls');
const play = (...acts: string[]) => on.page.evaluate(acts.map((act) => `play.${act}()`).join(';'));

async function expectOneInquiry({ via }: Widget): Promise<void> {
  await play('open', 'agent');
  await calm(100);
  expect(await calls()).toEqual([]);
  const before = (await on.page.evaluate('heardTimes')) as number;
  await play('write');
  await play('write', 'write');
  expect(await calls()).toEqual([['inquiry', { via, auto: 1 }]]);
  expect(await on.page.evaluate('heardTimes')).toBe(before + 3);
  await on.collector.until(() => told(on).length > 0);
  expect(told(on)).toEqual([{ type: 'inquiry', via }]);
  expect(JSON.stringify(on.collector.requests)).not.toMatch(/secret|mia@/i);
}

it.each(WIDGETS)('$name: the customer’s first message is one inquiry', async (widget) => {
  await visit(inline(widget.page) + inline(widget.script) + tags);
  await on.page.evaluate(`${widget.afterwards ?? ''}; undefined`);
  await expectOneInquiry(widget);
});

it('hears widgets that come late, each by its way', async () => {
  const late = WIDGETS.filter(({ name }) => ['Drift', 'Jivo', 'Help Scout, its e-mail form'].includes(name));
  expect(late).toHaveLength(3);
  await visit(late.map(({ page }) => inline(page)).join('') + tags);
  await calm(1500);
  for (const widget of late) {
    await on.page.evaluate(widget.script);
    await calm(1000);
    await on.page.evaluate('calls.length = 0');
    await play('open', 'agent');
    expect(await calls()).toEqual([]);
    await play('write');
    // Drift has told of the chat: Jivo's belongs to the same inquiry.
    expect(await calls()).toEqual(widget.name === 'Jivo' ? [] : [['inquiry', { via: widget.via, auto: 1 }]]);
  }
  expect(await on.page.evaluate('heardTimes')).toBe(3);
});

it('is quiet where no widget ever comes, and leaves no global', async () => {
  const globals = async () => (await on.page.evaluate('Object.keys(window)')) as string[];
  await visit('{tag}');
  const names = await globals();
  await visit(tags);
  await calm(1500);
  expect(await globals()).toEqual(names);
  await on.collector.until((all) => all.length === 2);
  expect(on.collector.types()).toEqual(['visit', 'visit']);
});

it('works under a strict policy, with no script but from files', async () => {
  const widget = WIDGETS.find(({ name }) => name === 'Drift') as Widget;
  on.shop.headers = {
    'content-security-policy': `default-src 'none'; script-src 'self' ${on.collector.url}; connect-src ${on.collector.url}`,
  };
  await on.context.route('**/widget.js', (route) =>
    route.fulfill({
      contentType: 'text/javascript',
      body: `window.heard = () => {}; ${widget.page}; ${widget.script}`,
    }),
  );
  on.shop.pages['/'] = `<script src="/widget.js"></script>${tags}`;
  await on.page.goto(on.shop.url);
  await play('write');
  await on.collector.until((all) => all.length === 2);
  expect(told(on)).toEqual([{ type: 'inquiry', via: 'chat' }]);
});
