// npm run admin -- …: stores, tokens, sign-in links and rebuilds of a running server.
import { parseArgs } from 'node:util';
import type { Store } from '../api/schemas.ts';
import { CommandError, call, OWNER, runCommand, target } from './operator.ts';

const USAGE = `Commands:
  store create --name NAME --origin https://shop.example [--origin …] --timezone Asia/Shanghai --currency CNY
  store list
  store update --store ID [--name NAME] [--origin https://shop.example …]
  token create --store ID [--name NAME]
  sign-in [--email ADDRESS]
  rebuild --store ID [--after EVENT]`;

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
      after: { type: 'string' },
      help: { type: 'boolean' },
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
  'store update': async (values) => {
    const change = {
      ...(values.name ? { name: values.name } : {}),
      ...(values.origin ? { origins: values.origin } : {}),
    };
    const store = await call<Store>(target(), 'PATCH', `/v1/stores/${wanted(values, 'store')}`, change);
    console.log(
      `${store.name} takes events from ${store.origins.join(', ')}; everywhere within half a minute.`,
    );
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
  rebuild: async (values) => {
    const store = wanted(values, 'store');
    let after: string | null = values.after ?? '';
    process.once('SIGINT', () => {
      console.log(`\nStopped. Everything is in use as it is; go on with: --after '${after}'`);
      process.exit(130);
    });
    for (let steps = 1; after !== null; steps++) {
      ({ after } = await call<{ after: string | null }>(target(), 'POST', '/v1/operator/rebuild', {
        store,
        after,
      }));
      if (process.stdout.isTTY) process.stdout.write(`\r${steps} steps`);
    }
    console.log('Visits and orders are derived anew.');
  },
};

await runCommand(async () => {
  const { values, positionals } = parse();
  if (values.help) return console.log(USAGE);
  const command = commands[positionals.join(' ')];
  if (!command) throw new CommandError(USAGE);
  await command(values);
});
