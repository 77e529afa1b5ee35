// npm run admin -- …: stores, tokens and sign-in links of a running server.
import { parseArgs } from 'node:util';
import type { Store } from '../api/schemas.ts';
import { CommandError, call, runCommand, target } from './operator.ts';
import { OWNER } from './owner.ts';

const USAGE = `Commands:
  store create --name NAME --origin https://shop.example [--origin …] --timezone Asia/Shanghai --currency CNY
  store list
  token create --store ID [--name NAME]
  sign-in [--email ADDRESS]`;

const parse = () =>
  parseArgs({
    allowPositionals: true,
    options: {
      name: { type: 'string' },
      origin: { type: 'string', multiple: true },
      timezone: { type: 'string' },
      currency: { type: 'string' },
      store: { type: 'string' },
      email: { type: 'string' },
    },
  });

type Values = ReturnType<typeof parse>['values'];

function wanted(values: Values, option: 'name' | 'timezone' | 'currency' | 'store'): string {
  const value = values[option];
  if (!value) throw new CommandError(`The option --${option} is missing.\n${USAGE}`);
  return value;
}

const commands: Record<string, (values: Values) => Promise<void>> = {
  'store create': async (values) => {
    if (!values.origin) throw new CommandError(`The option --origin is missing.\n${USAGE}`);
    const store = await call<Store>(target(), 'POST', '/v1/stores', {
      name: wanted(values, 'name'),
      origins: values.origin,
      timezone: wanted(values, 'timezone'),
      currency: wanted(values, 'currency'),
    });
    console.log(`Store: ${store.id}\n\nPaste this into every page of the shop:\n${store.tag}`);
  },
  'store list': async () => {
    const { stores } = await call<{ stores: Store[] }>(target(), 'GET', '/v1/stores');
    for (const { id, name, timezone, currency, demo } of stores)
      console.log(`${id}  ${name}  ${timezone}  ${currency}${demo ? '  (demo)' : ''}`);
  },
  'token create': async (values) => {
    const { secret } = await call<{ secret: string }>(target(), 'POST', '/v1/tokens', {
      store: wanted(values, 'store'),
      ...(values.name ? { name: values.name } : {}),
    });
    console.log(`${secret}\nKeep it now: it is not shown again.`);
  },
  'sign-in': async (values) => {
    const { url } = await call<{ url: string }>(target(), 'POST', '/v1/operator/sign-in-links', {
      email: values.email ?? OWNER,
    });
    console.log(`${url}\nIt signs its reader in once, within a day.`);
  },
};

await runCommand(async () => {
  const { values, positionals } = parse();
  const command = commands[positionals.join(' ')];
  if (!command) throw new CommandError(USAGE);
  await command(values);
});
