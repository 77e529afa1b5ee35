// The check of a shop's page: what stands in the way is named, and nobody is led where only this server can go.
import { describe, expect, test, vi } from 'vitest';
import type { Finding } from '../../worker/check/findings.ts';
import { addressOf, type Outside } from '../check/outside.ts';
import { ask, createStore, fetchWorker, HOST, ORIGIN, operator } from './shop.ts';

const tag = (store: string, more = '', host = HOST) =>
  `<script defer src="${host}/t.js" data-store="${store}"${more}></script>`;
const page = (head: string) => `<!doctype html><html><head>${head}</head><body><p>A shop</p></body></html>`;

const check = (store: string, url: string) =>
  ask<{ findings: Finding[] }>('POST', `/v1/stores/${store}/check`, { url });

async function findingsOf(answer: (store: string) => Outside, origins = [ORIGIN]): Promise<Finding[]> {
  const { id } = await createStore({ origins });
  const { findings } = await check(id, addressOf(answer(id), ORIGIN));
  return JSON.parse(JSON.stringify(findings).replaceAll(id, 'OWN'));
}

const meta = (policy: string) => `<meta http-equiv="content-security-policy" content="${policy}">`;
const OK: Finding[] = [{ cause: 'ok' }];

describe('a page', () => {
  const cases: [string, (store: string) => Outside, Finding[]][] = [
    ['with its tag', (id) => ({ body: page(tag(id)) }), OK],
    [
      'whose tag is written another way',
      (id) => ({ body: page(`<SCRIPT DATA-STORE='${id}' SRC=${HOST}/t.js async></SCRIPT>`) }),
      OK,
    ],
    ['without a tag', () => ({ body: page('<script src="/shop.js"></script>') }), [{ cause: 'tag_missing' }]],
    [
      'whose tag is in a comment',
      (id) => ({ body: page(`<!-- ${tag(id)} -->`) }),
      [{ cause: 'tag_missing' }],
    ],
    [
      'whose tag is text',
      (id) => ({ body: page(`<textarea>${tag(id)}</textarea>`) }),
      [{ cause: 'tag_missing' }],
    ],
    ['with two tags', (id) => ({ body: page(tag(id) + tag(id)) }), [{ cause: 'tag_twice', times: 2 }]],
    [
      'with another store’s tag',
      () => ({ body: page(tag('st_0000000000')) }),
      [{ cause: 'wrong_store', store: 'st_0000000000' }],
    ],
    [
      'whose tag has no store',
      () => ({ body: page(`<script defer src="${HOST}/t.js"></script>`) }),
      [{ cause: 'wrong_store', store: null }],
    ],
    [
      'whose tag points elsewhere',
      (id) => ({ body: page(tag(id, '', 'https://old.example')) }),
      [{ cause: 'wrong_host', host: 'https://old.example' }],
    ],
    [
      'whose tag lost its host',
      (id) => ({ body: page(tag(id, '', '')) }),
      [{ cause: 'wrong_host', host: ORIGIN }],
    ],
    [
      'with debug on',
      (id) => ({ body: page(tag(id, ' data-debug')) }),
      [{ cause: 'debug_on' }, { cause: 'ok' }],
    ],
    [
      'that asks for consent',
      (id) => ({ body: page(tag(id, ' data-consent="required"')) }),
      [{ cause: 'consent_required' }],
    ],
    [
      'whose tag a consent tool holds back',
      (id) => ({ body: page(tag(id, ' type="text/plain"')) }),
      [{ cause: 'consent_required' }],
    ],
    ['whose tag is a module', (id) => ({ body: page(tag(id, ' type="module"')) }), OK],
    [
      'that is missing',
      () => ({ status: 404, body: page('') }),
      [{ cause: 'page_unreachable', status: 404 }],
    ],
    ['that is broken', () => ({ status: 500 }), [{ cause: 'page_unreachable', status: 500 }]],
    ['that is empty', () => ({}), [{ cause: 'tag_missing' }]],
    [
      'with a policy that allows',
      (id) => ({
        body: page(tag(id)),
        headers: { 'content-security-policy': `default-src 'self'; script-src ${HOST}; connect-src ${HOST}` },
      }),
      OK,
    ],
    [
      'with a policy that only reports',
      (id) => ({
        body: page(tag(id)),
        headers: { 'content-security-policy-report-only': "default-src 'none'" },
      }),
      OK,
    ],
    [
      'with a policy that forbids both',
      (id) => ({ body: page(tag(id)), headers: { 'content-security-policy': "default-src 'self'" } }),
      [
        { cause: 'csp_blocks_script', directive: 'default-src', add: HOST },
        { cause: 'csp_blocks_connect', directive: 'default-src', add: HOST },
      ],
    ],
    [
      'with two policies',
      (id) => ({
        body: page(tag(id)),
        headers: { 'content-security-policy': `script-src ${HOST}, connect-src 'self'` },
      }),
      [{ cause: 'csp_blocks_connect', directive: 'connect-src', add: HOST }],
    ],
    [
      'that trusts nonces only',
      (id) => ({
        body: page(tag(id)),
        headers: { 'content-security-policy': "script-src 'strict-dynamic' 'nonce-abc'" },
      }),
      [{ cause: 'csp_blocks_script', directive: 'script-src', add: null }],
    ],
    [
      'whose tag has the nonce',
      (id) => ({
        body: page(tag(id, ' nonce="abc"')),
        headers: { 'content-security-policy': "script-src 'strict-dynamic' 'nonce-abc'" },
      }),
      OK,
    ],
    [
      'with a policy in its head',
      (id) => ({ body: page(meta("script-src 'self'") + tag(id)) }),
      [{ cause: 'csp_blocks_script', directive: 'script-src', add: HOST }],
    ],
    ['whose policy comes after the tag', (id) => ({ body: page(tag(id) + meta("script-src 'self'")) }), OK],
    [
      'whose policy comes after the tag and forbids to send',
      (id) => ({ body: page(tag(id) + meta("connect-src 'self'")) }),
      [{ cause: 'csp_blocks_connect', directive: 'connect-src', add: HOST }],
    ],
    [
      'with much the matter',
      () => ({
        body: page(tag('st_0000000000', ' data-consent="required"', 'https://old.example')),
        headers: { 'content-security-policy': "connect-src 'none'" },
      }),
      [
        { cause: 'wrong_store', store: 'st_0000000000' },
        { cause: 'wrong_host', host: 'https://old.example' },
        { cause: 'csp_blocks_connect', directive: 'connect-src', add: HOST },
        { cause: 'consent_required' },
      ],
    ],
  ];
  test.each(cases)('%s', async (_, answer, findings) => {
    expect(await findingsOf(answer)).toEqual(findings);
  });

  test('is read for a megabyte and no further', async () => {
    expect(await findingsOf((id) => ({ filled: 900_000, body: page(tag(id)) }))).toEqual(OK);
    expect(await findingsOf((id) => ({ filled: 1_000_001, body: page(tag(id)) }))).toEqual([
      { cause: 'tag_missing' },
    ]);
  });

  test('is waited for 8 seconds, all in all', async () => {
    const real = AbortSignal.timeout.bind(AbortSignal);
    const timeout = vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => real(ms / 40));
    const slow = (wait: number) => findingsOf((id) => ({ wait, body: page(tag(id)) }));
    expect(await slow(2_000)).toEqual([{ cause: 'page_unreachable', status: null }]);
    expect(timeout.mock.calls).toEqual([[8_000]]);
    timeout.mockRestore();
    expect(await slow(300)).toEqual(OK);
  });
});

describe('a redirect', () => {
  const to = (address: string, status = 302): Outside => ({ status, headers: { location: address } });
  /** So many redirects and then the page. */
  const chain = (steps: number, answer: Outside): Outside =>
    steps === 0 ? answer : to(addressOf(chain(steps - 1, answer), ORIGIN));

  test('is followed within the shop, three times', async () => {
    expect(await findingsOf((id) => chain(1, { body: page(tag(id)) }))).toEqual(OK);
    expect(await findingsOf((id) => chain(3, { body: page(tag(id)) }))).toEqual(OK);
    expect(await findingsOf((id) => chain(4, { body: page(tag(id)) }))).toEqual([
      { cause: 'page_unreachable', status: 302 },
    ]);
  });

  test('leads to another origin of the store', async () => {
    const other = 'https://www.shop.example';
    const answer = (id: string) => to(addressOf({ body: page(tag(id)) }, other), 301);
    expect(await findingsOf(answer, [ORIGIN, other])).toEqual(OK);
    expect(await findingsOf(answer)).toEqual([{ cause: 'origin_not_allowed', origin: other }]);
  });

  // Whatever stands at these addresses would answer with the right tag: it is not looked at.
  test.each([
    'http://127.0.0.1',
    'http://[::1]',
    'http://10.0.0.1',
    'http://169.254.169.254',
    'http://localhost:8787',
    'http://shop.example',
    HOST,
  ])('to %s is not followed', async (origin) => {
    expect(await findingsOf((id) => to(addressOf({ body: page(tag(id)) }, origin)))).toEqual([
      { cause: 'origin_not_allowed', origin },
    ]);
  });

  test.each(['file:///etc/passwd', 'javascript:alert(1)', 'https://'])(
    'to %s ends there',
    async (address) => {
      expect(await findingsOf(() => to(address))).toEqual([{ cause: 'page_unreachable', status: 302 }]);
    },
  );

  test('without an address is an answer', async () => {
    expect(await findingsOf(() => ({ status: 302 }))).toEqual([{ cause: 'page_unreachable', status: 302 }]);
  });
});

describe('what is asked', () => {
  const refusal = async (url: unknown, origins = [ORIGIN]) => {
    const { id } = await createStore({ origins });
    const response = await fetchWorker(`/v1/stores/${id}/check`, {
      method: 'POST',
      headers: operator(),
      body: JSON.stringify({ url }),
    });
    return [response.status, (await response.json<{ code: string }>()).code];
  };

  test.each([
    ['https://other.example/', 'origin_not_allowed'],
    ['http://shop.example/', 'origin_not_allowed'],
    ['https://shop.example:8443/', 'origin_not_allowed'],
    ['https://shop.example@evil.example/', 'origin_not_allowed'],
    ['http://127.0.0.1/', 'origin_not_allowed'],
    ['http://localhost/', 'origin_not_allowed'],
    ['http://[::ffff:10.0.0.1]/', 'origin_not_allowed'],
    ['http://2130706433/', 'origin_not_allowed'],
    ['ftp://shop.example/', 'invalid_parameter'],
    ['file:///etc/passwd', 'invalid_parameter'],
    ['shop.example', 'invalid_parameter'],
    ['', 'invalid_parameter'],
    [7, 'invalid_parameter'],
    [undefined, 'invalid_parameter'],
  ])('%s is refused: %s', async (url, code) => {
    expect(await refusal(url)).toEqual([422, code]);
  });

  test('may be on this machine where the store says so', async () => {
    const local = 'http://localhost:8788';
    const { id } = await createStore({ origins: [local] });
    expect((await check(id, addressOf({ body: page(tag(id)) }, local))).findings).toEqual(OK);
  });

  test('is for owners: a token that only reads may not', async () => {
    const { id } = await createStore();
    const { secret } = await ask<{ secret: string }>('POST', '/v1/tokens', { store: id });
    const response = await fetchWorker(`/v1/stores/${id}/check`, {
      method: 'POST',
      headers: { ...operator(), authorization: `Bearer ${secret}` },
      body: JSON.stringify({ url: ORIGIN }),
    });
    expect([response.status, (await response.json<{ code: string }>()).code]).toEqual([403, 'missing_scope']);
  });
});
