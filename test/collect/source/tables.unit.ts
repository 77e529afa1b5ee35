// The tables of sources are kept in order, and nothing in them contradicts itself.
import { describe, expect, it } from 'vitest';
import { CHANNELS } from '../../../worker/collect/source/list.ts';
import { placeOfApp, placeOfName, squeeze } from '../../../worker/collect/source/place.ts';
import { RULES } from '../../../worker/collect/source/rules.ts';
import { MARKS, PACKAGES } from '../../../worker/collect/source/tables/apps.ts';
import { CLICKS } from '../../../worker/collect/source/tables/clicks.ts';
import * as commerce from '../../../worker/collect/source/tables/commerce.ts';
import * as mail from '../../../worker/collect/source/tables/mail.ts';
import { PAYMENTS, SECURE, SIGN_IN } from '../../../worker/collect/source/tables/passages.ts';
import * as search from '../../../worker/collect/source/tables/search.ts';
import * as social from '../../../worker/collect/source/tables/social.ts';
import type { Table } from '../../../worker/collect/source/tables/table.ts';

const tables: [string, Table][] = Object.entries({
  ...commerce,
  ...mail,
  ...search,
  ...social,
  PAYMENTS,
  SECURE,
  SIGN_IN,
});

const wordsOf = (words: string): string[] => words.split(' ').filter(Boolean);

describe.each(tables)('%s', (_, table) => {
  const sources = Object.keys(table);

  it('is sorted by source', () => {
    expect(sources).toEqual(sources.toSorted());
  });

  it('writes words the way they are looked up', () => {
    for (const words of Object.values(table)) {
      expect(words).toBe(wordsOf(words).join(' '));
      for (const word of wordsOf(words)) {
        expect(word).toBe(word.toLowerCase());
        if (!word.includes('.')) expect(word).toBe(squeeze(word));
        else expect(word).toMatch(/^=?(?:[\w-]+\.)+(?:[a-z]{2,}|\*)$/);
      }
    }
  });

  it('finds every source by its name and every word under it', () => {
    for (const [source, words] of Object.entries(table)) {
      expect(placeOfName(source)?.source).toBe(source);
      for (const word of wordsOf(words)) {
        const text = word.replace('=', '').replace('.*', '.com');
        expect([text, placeOfName(text)?.source]).toEqual([text, source]);
      }
    }
  });

  it('mentions no host that another of its hosts already covers', () => {
    for (const words of Object.values(table)) {
      const hosts = wordsOf(words).filter((word) => word.includes('.') && !word.startsWith('='));
      for (const host of hosts)
        for (const other of hosts) expect(other !== host && host.endsWith(`.${other}`)).toBe(false);
    }
  });
});

it('names a source once in all tables, save those that live in two places', () => {
  const homes = Map.groupBy(
    tables.flatMap(([, table]) => Object.keys(table)),
    (source) => source,
  );
  const twice = [...homes].filter(([, all]) => all.length > 1).map(([source]) => source);
  expect(twice.toSorted()).toEqual(['douyin', 'google', 'toutiao']);
});

it('knows every source that apps, marks and click identifiers speak of', () => {
  const spoken = [
    ...PACKAGES.values(),
    ...MARKS.map(([, source]) => source),
    ...[...CLICKS.values()].flatMap((click) => [click.source, ...click.family]),
  ];
  for (const source of spoken) expect(placeOfName(source)?.source).toBe(source);
});

it('writes Android packages in lower case, which is how they are looked up', () => {
  for (const [id, source] of PACKAGES) {
    expect(id).toBe(id.toLowerCase());
    expect(placeOfApp(id)?.source).toBe(source);
  }
});

it('has the rules in the order of the closed list, and one for every channel but direct', () => {
  expect(RULES.map((rule) => rule.channel)).toEqual(CHANNELS.filter((channel) => channel !== 'direct'));
});
