// The chat adapter as it ships, in a page without a browser, where minutes pass at once.
import { beforeAll, expect, test } from 'vitest';
import { buildFile } from '../built.ts';
import { WIDGETS, type Widget } from './widgets.ts';
import { FakePage } from './window.ts';

const MINUTE = 60_000;

let code: string;
beforeAll(async () => {
  code = await buildFile('t.chat.js');
});

interface Played {
  page: FakePage;
  /** How often the shop's own handler was called. */
  heard: number;
}

/** A page with a handler of the shop's own, which counts. */
function shop(): Played {
  const played: Played = { page: new FakePage(), heard: 0 };
  played.page.window.heard = () => {
    played.heard++;
  };
  return played;
}

const inquiry = ({ via }: Widget) => ['inquiry', { via }];

/** Opens, lets the agent speak, writes twice; says what was told after each. */
function expectOnlyMessages(played: Played, widget: Widget): void {
  const { page } = played;
  page.run('play.open()');
  page.run('play.agent()');
  expect(page.calls).toEqual([]);
  const before = played.heard;
  page.run('play.write()');
  expect(page.calls).toEqual([inquiry(widget)]);
  expect(played.heard).toBe(before + 1);
  page.pass(MINUTE);
  page.run('play.write()');
  // The tracker makes one inquiry of a conversation's messages.
  expect(page.calls).toEqual([inquiry(widget), inquiry(widget)]);
  expect(played.heard).toBe(before + 2);
}

test.each(WIDGETS)('$name, there before the script: a message is an inquiry', (widget) => {
  const played = shop();
  played.page.run(widget.page ?? '');
  played.page.run(widget.script);
  played.page.run(code);
  played.page.run(widget.afterwards ?? '');
  expectOnlyMessages(played, widget);
});

test.each(WIDGETS)('$name, three minutes late: a message is an inquiry', (widget) => {
  const played = shop();
  played.page.run(widget.page ?? '');
  played.page.run(code);
  played.page.pass(3 * MINUTE);
  played.page.run(widget.script);
  played.page.pass(10_000);
  played.page.run(widget.afterwards ?? '');
  expectOnlyMessages(played, widget);
});

test.each(WIDGETS)('$name, without anything of the shop’s own', (widget) => {
  const { page } = shop();
  page.run(code);
  page.run(widget.script);
  page.pass(1000);
  page.run('play.open(); play.agent()');
  expect(page.calls).toEqual([]);
  page.run('play.write()');
  expect(page.calls).toEqual([inquiry(widget)]);
});

const widgetOf = (name: string): Widget => WIDGETS.find((widget) => widget.name === name) as Widget;

test('Crisp: handlers that the shop queued, before and after the script, stay as they were', () => {
  for (const early of [true, false]) {
    const played = shop();
    const { page } = played;
    page.run(
      "window.$crisp = [['set', 'user:email', ['x']], ['on', 'message:sent', () => { window.old = 1 }]]",
    );
    if (early) page.run("$crisp.push(['on', 'message:sent', heard])");
    page.run(code);
    expect(page.run("$crisp.push(['do', 'chat:hide'])")).toBe(early ? 4 : 3);
    if (!early) page.run("$crisp.push(['on', 'message:sent', heard])");
    page.pass(MINUTE);
    page.run(widgetOf('Crisp').script);
    page.pass(MINUTE);
    expectOnlyMessages(played, widgetOf('Crisp'));
    expect(page.window.old).toBeUndefined();
  }
});

test('Crisp: calls go on with the same this, arguments and answer', () => {
  const { page } = shop();
  page.run('window.$crisp = { push(...calls) { return [this === $crisp, calls] } }');
  page.run(code);
  expect(page.run("JSON.stringify($crisp.push(['do', 'chat:show'], ['off', 'message:sent']))")).toBe(
    '[true,[["do","chat:show"],["off","message:sent"]]]',
  );
  expect(page.run('JSON.stringify($crisp.push(null, undefined, 7, []))')).toBe('[true,[null,null,7,[]]]');
});

test('Jivo: the shop’s function keeps its this, arguments and answer, also when it comes later', () => {
  const { page } = shop();
  page.run('window.jivo_api = {}');
  page.run(code);
  page.run("function jivo_onMessageSent(a, b) { 'use strict'; return [this, a, b] }");
  page.pass(1000);
  expect(page.run('JSON.stringify(jivo_onMessageSent.call(7, 1, 2))')).toBe('[7,1,2]');
  expect(page.calls).toEqual([['inquiry', { via: 'chat' }]]);
});

test('a widget that never comes: no error, no global, and an end to looking', () => {
  const { page } = shop();
  const names = Object.keys(page.window);
  page.run(code);
  expect(page.pending).toBe(1);
  page.pass(30 * MINUTE);
  expect(page.pending).toBe(0);
  expect(Object.keys(page.window)).toEqual(names);
  expect(page.calls).toEqual([]);
});

test('looks soon at first, then rarely: at most 110 times, never more than 31 s apart', () => {
  const { page } = shop();
  let at = 0;
  const looks: number[] = [];
  Object.defineProperty(page.window, 'drift', { get: () => void looks.push(at), enumerable: true });
  page.run(code);
  for (; at < 20 * MINUTE; at += 100) page.pass(100);
  expect(looks.length).toBeLessThanOrEqual(110);
  expect(looks[1]).toBeLessThanOrEqual(600);
  const gaps = looks.slice(1).map((look, n) => look - (looks[n] ?? 0));
  expect(Math.max(...gaps)).toBeLessThanOrEqual(31_000);
  expect(looks.at(-1)).toBeGreaterThan(9 * MINUTE);
});

test('another thing of a widget’s name is left alone', () => {
  const { page } = shop();
  page.run(`
    window.asked = 0;
    window.Beacon = () => { asked++; throw new Error('Not a widget.') };
    window.zE = 'a text';
    window.olark = { tagName: 'DIV' };
    window.drift = { on: 1 };
    window.$crisp = {};
    window.jivo_onMessageSent = 7;
    window.fcWidget = null;
    window.smartsupp = class { constructor() { asked++ } };
    Object.freeze(window.LiveChatWidget = {});
  `);
  page.run(code);
  page.pass(30 * MINUTE);
  expect(page.calls).toEqual([]);
  // Once for each of its two rows, and never again.
  expect(page.window.asked).toBe(2);
  expect(page.run('Object.keys($crisp).length')).toBe(0);
  expect(page.window.jivo_onMessageSent).toBe(7);
});

test('survives a tracker that is not there, or fails', () => {
  const { page } = shop();
  page.run(widgetOf('Tawk.to').script);
  page.run(code);
  page.window.tundish = undefined;
  page.run('play.write()');
  page.pass(31 * MINUTE);
  page.window.tundish = () => {
    throw new Error('No.');
  };
  expect(() => page.run('play.write()')).not.toThrow();
});
