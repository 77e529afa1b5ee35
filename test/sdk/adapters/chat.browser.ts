// Chat widgets in a real browser with the real tag, each played by its documented interface.
import { expect, it } from 'vitest';
import { calm, stage } from '../stage.ts';
import { callsOf, spy, told } from './shop.ts';
import { WIDGETS, type Widget } from './widgets.ts';

const on = stage();

const TAGS = '{tag}{t.chat.js}';
const HEARD = '<script>window.heardTimes = 0; window.plays = []; function heard() { heardTimes++ }</script>';

const inline = (code = ''): string => (code ? `<script>${code}</script>` : '');

async function visit(html: string): Promise<void> {
  on.shop.pages['/'] = HEARD + html;
  await on.page.goto(on.shop.url);
  await spy(on.page);
}

/** What acts of the customer and the agent call: of the adapter, and of the shop's own handler. */
const play = (widget: number, ...acts: string[]) =>
  on.page.evaluate(`{
    calls.length = heardTimes = 0;
    ${acts.map((act) => `plays[${widget}].${act}();`).join('')}
    ({ calls, heardTimes })
  }`);

/** Widgets that share a global cannot share a page: the second forms of some come apart. */
const isSecond = ({ name }: Widget): boolean => name.includes(',');

it.each([
  ['chats', WIDGETS.filter((widget) => !isSecond(widget))],
  ['forms in their place', WIDGETS.filter(isSecond)],
])(
  '%s: what the customer sends is an inquiry; opening, and what an agent says, is none',
  async (_, widgets) => {
    const there = widgets.map(
      ({ page, script }) => inline(page) + inline(script) + inline('plays.push(play)'),
    );
    await visit(there.join('') + TAGS);
    const seen: Record<string, unknown> = {};
    for (const [n, { name, afterwards }] of widgets.entries()) {
      await on.page.evaluate(`${afterwards ?? ''}; undefined`);
      const quiet = (await play(n, 'open', 'agent')) as { calls: unknown[] };
      seen[name] = [quiet.calls, await play(n, 'write')];
    }
    expect(seen).toEqual(
      Object.fromEntries(
        widgets.map(({ name, via }) => [name, [[], { calls: [['inquiry', { via }]], heardTimes: 1 }]]),
      ),
    );
    const ways = [...new Set(widgets.map(({ via }) => via))];
    const arrived = () => [...new Set(told(on).map(({ via }) => via))];
    await on.collector.until(() => arrived().length === ways.length, 0);
    expect(arrived().sort()).toEqual(ways.sort());
    expect(JSON.stringify(on.collector.requests)).not.toMatch(/secret|mia@/i);
  },
);

it('hears widgets that come late', async () => {
  const late = WIDGETS.filter(({ name }) => ['Drift', 'Jivo', 'Help Scout, its e-mail form'].includes(name));
  expect(late).toHaveLength(3);
  await visit(late.map(({ page }) => inline(page)).join('') + TAGS);
  await calm(100);
  for (const { script } of late) await on.page.evaluate(`${script}; plays.push(play)`);
  await on.page.waitForFunction(
    'plays.every((late, n) => (late.heard ||= (calls.length = 0, late.write(), calls.length > 0)))',
  );
});

it('is quiet where no widget comes, and leaves no global', async () => {
  const globals = async () => (await on.page.evaluate('Object.keys(window)')) as string[];
  await visit('{tag}');
  const names = await globals();
  await visit(TAGS);
  await calm();
  expect(await globals()).toEqual(names);
  expect(await callsOf(on.page)).toEqual([]);
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
  on.shop.pages['/'] = `<script src="/widget.js"></script>${TAGS}`;
  await on.page.goto(on.shop.url);
  await on.page.evaluate('play.write()');
  await on.collector.until((all) => all.length === 2, 0);
  expect(told(on)).toEqual([{ type: 'inquiry', via: 'chat' }]);
});
