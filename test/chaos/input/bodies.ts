// Eighty bodies that no endpoint may take, whatever it is: made of one that it takes.
import { gzipSync } from 'node:zlib';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type Make = (valid: string) => string | Buffer;

/** Texts that are no JSON, or JSON that is no object. */
const WHOLE: [string, Make][] = [
  ['nothing', () => ''],
  ['blanks', () => ' \t\r\n'],
  ['a null character', () => '\0'],
  ['null', () => 'null'],
  ['true', () => 'true'],
  ['false', () => 'false'],
  ['zero', () => '0'],
  ['a number past all numbers', () => '1e999'],
  ['a text', () => '"text"'],
  ['an empty text', () => '""'],
  ['an empty list', () => '[]'],
  ['a list of lists', () => '[[]]'],
  ['a list of objects', () => '[{}]'],
  ['itself in a list', (valid) => `[${valid}]`],
  ['itself as a text', (valid) => JSON.stringify(valid)],
  ['its first half', (valid) => valid.slice(0, valid.length / 2)],
  ['all but its last character', (valid) => valid.slice(0, -1)],
  ['all but its first character', (valid) => valid.slice(1)],
  ['a comma too many', (valid) => `${valid.slice(0, -1)},}`],
  ['something after its end', (valid) => `${valid} x`],
  ['itself twice', (valid) => `${valid}\n${valid}`],
  ['single quotes', (valid) => valid.replaceAll('"', "'")],
  ['no quotes', (valid) => valid.replaceAll('"', '')],
  ['a comment', (valid) => `/* body */ ${valid}`],
  ['NaN', () => '{"v":NaN}'],
  ['undefined', () => '{"v":undefined}'],
  ['a number in hexadecimal', () => '{"v":0x1}'],
  ['a line break in a text', () => '{"v":"a\nb"}'],
  ['a form', () => 'v=1&store=st_3v8k2m9qpa'],
  ['several parts', () => '--x\r\nContent-Disposition: form-data; name="v"\r\n\r\n1\r\n--x--\r\n'],
  ['XML', () => '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'],
  ['HTML', () => '<!doctype html><script>alert(1)</script>'],
  ['YAML', () => 'v: 1\nstore: st_3v8k2m9qpa\n'],
  ['bytes of no text', () => Buffer.from([0xff, 0xfe, 0xfd, 0x80, 0xc0, 0xc1])],
  ['UTF-16', (valid) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(valid, 'utf16le')])],
  ['UTF-16 the other way', (valid) => Buffer.from(valid, 'utf16le').swap16()],
  ['gzip', (valid) => gzipSync(valid)],
  ['base64', (valid) => Buffer.from(valid).toString('base64')],
  ['lists 100,000 deep, never closed', () => '['.repeat(100_000)],
  ['lists 20,000 deep', () => '['.repeat(20_000) + ']'.repeat(20_000)],
  ['objects 20,000 deep', () => `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`],
  ['600 kB of one letter', () => 'x'.repeat(600_000)],
  ['3 MB of one letter', () => 'x'.repeat(3_000_000)],
  [
    '100,000 fields that nobody knows',
    () => JSON.stringify(Object.fromEntries([...Array(100_000).keys()].map((n) => [`k${n}`, n]))),
  ],
];

/** What each field says instead. */
const FIELDS: [string, (value: Json, name: string) => Json][] = [
  ['null and zero in turn', (_, name) => (name.length % 2 ? null : 0)],
  ['true', () => true],
  ['minus one', () => -1],
  ['a fraction', () => 0.1],
  ['a number past exact integers', () => Number.MAX_SAFE_INTEGER + 3],
  ['a number of 300 digits', () => 1e300],
  ['an empty text', () => ''],
  ['a blank', () => ' '],
  ['a text of 100,000 letters', () => 'x'.repeat(100_000)],
  ['a null character', () => '\u0000'],
  ['half a character', () => '\ud800'],
  ['a text that turns the line round', () => '\u202e\u2066txt.exe'],
  ['a thousand signs of a family', () => '👩‍👩‍👧‍👦'.repeat(1_000)],
  ['marks upon marks', () => `Z${'\u0300'.repeat(10_000)}`],
  ['digits of another width', () => '１２３'],
  ['a number as text', () => '1'],
  ['"undefined"', () => 'undefined'],
  ['"NaN"', () => 'NaN'],
  ['SQL', () => "'; drop table events; --"],
  ['a script', () => '"><script>alert(1)</script>'],
  ['a formula', () => "=cmd|'/c calc'!A0"],
  ['a path to elsewhere', () => '../../../../etc/passwd'],
  ['an address of the inside', () => 'http://169.254.169.254/latest/meta-data/'],
  ['a script as an address', () => 'javascript:alert(1)'],
  ['a template', () => '{{7*7}}<%= 7*7 %>#{7*7}'],
  ['a list of null', () => [null]],
  ['a list of lists', () => [[[[]]]]],
  ['a thousand nulls', () => Array.from({ length: 1_000 }, () => null)],
  ['an object', () => ({})],
  ['a question to another database', () => ({ $ne: null, $gt: '' })],
  ['an object with a length', () => ({ length: 1e9 })],
  ['an object that speaks for itself', () => ({ toString: 'x', valueOf: 'x', toJSON: 'x' })],
  ['itself in an object', (value) => ({ value })],
  ['itself in two lists', (value) => [[value]]],
];

const eachField =
  (change: (value: Json, name: string) => Json): Make =>
  (valid) =>
    JSON.stringify(
      Object.fromEntries(
        Object.entries(JSON.parse(valid) as object).map(([name, value]) => [name, change(value, name)]),
      ),
    );

const renamed =
  (rename: (name: string) => string): Make =>
  (valid) =>
    JSON.stringify(
      Object.fromEntries(
        Object.entries(JSON.parse(valid) as object).map(([name, value]) => [rename(name), value]),
      ),
    );

export const BODIES: readonly [string, Make][] = [
  ...WHOLE,
  ...FIELDS.map(([name, change]): [string, Make] => [`each field: ${name}`, eachField(change)]),
  ['names in capitals', renamed((name) => name.toUpperCase())],
  ['names with a blank', renamed((name) => `${name} `)],
];
