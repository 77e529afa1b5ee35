// npm run admin -- …: stores, tokens, secrets, members, sign-in links and rebuilds of a running server.
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import type { Member } from '../api/members.ts';
import type { Store, Token } from '../api/schemas.ts';
import type { Secret } from '../api/secrets.ts';
import { type Backed, backUp, restore } from './backup.ts';
import { backUpRemote } from './backup-remote.ts';
import { deleteStore, eraseVisitor, keepingOf } from './keeping.ts';
import { CommandError, call, dataFolder, finishJobs, OWNER, runCommand, target } from './operator.ts';

const USAGE = `Commands:
  store create --name NAME --origin https://shop.example [--origin …] --timezone Asia/Shanghai --currency CNY
  store list
  store update --store ID [--name NAME] [--origin https://shop.example …] [--timezone ZONE] [--min-pages N]
    [--min-engaged SECONDS] [--channel-rule 'CHANNEL source=… medium=… campaign=…' …] [--no-channel-rules]
    [--confirm none|payments|all] [--exchange-rate EUR=1.08 …] [--no-exchange-rates] [--keep-days N|ever]
    [--daily-events N|usual] [--claim-limit MINOR_UNITS|usual]
  store delete --store ID --confirm NAME_OF_THE_STORE
  token create --store ID [--name NAME] [--scope read|write|admin …] [--expires 90d|YYYY-MM-DD]
  token list --store ID
  token revoke --token ID
  secret create --store ID [--name NAME] [--stripe]   (with --stripe it asks for the secret that Stripe shows)
  secret list --store ID
  secret revoke --id ID
  sign-in [--email ADDRESS] [--store ID [--role owner|editor|viewer]]
  member list --store ID
  member remove --email ADDRESS [--store ID]
  erase --store ID --visitor ID
  rebuild --store ID [--after EVENT]
  backup --to FILE|FOLDER   (with --remote, what runs on Cloudflare, to a file that ends in .sql)
  restore --from FILE [--force]`;

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
      role: { type: 'string' },
      id: { type: 'string' },
      stripe: { type: 'boolean' },
      confirm: { type: 'string' },
      after: { type: 'string' },
      visitor: { type: 'string' },
      'keep-days': { type: 'string' },
      'daily-events': { type: 'string' },
      'claim-limit': { type: 'string' },
      token: { type: 'string' },
      scope: { type: 'string', multiple: true },
      expires: { type: 'string' },
      'min-pages': { type: 'string' },
      'min-engaged': { type: 'string' },
      'channel-rule': { type: 'string', multiple: true },
      'no-channel-rules': { type: 'boolean' },
      'exchange-rate': { type: 'string', multiple: true },
      'no-exchange-rates': { type: 'boolean' },
      to: { type: 'string' },
      remote: { type: 'boolean' },
      from: { type: 'string' },
      force: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });

const DAY = 86_400_000;

type Values = ReturnType<typeof parse>['values'];

function wanted(
  values: Values,
  option:
    | 'name'
    | 'timezone'
    | 'currency'
    | 'store'
    | 'token'
    | 'id'
    | 'email'
    | 'visitor'
    | 'confirm'
    | 'to'
    | 'from',
): string {
  const value = values[option];
  if (!value) throw new CommandError(`The option --${option} is missing.\n${USAGE}`);
  return value;
}

/** A rule as it is written at a terminal: `affiliate source=partner.example campaign=spring*`. */
function ruleOf(text: string) {
  const [channel, ...conditions] = text.trim().split(/\s+/);
  const patterns = conditions.map((condition) => {
    const at = condition.indexOf('=');
    if (at < 1)
      throw new CommandError(
        `Write a rule's conditions as source=…, medium=…, campaign=…, not ${condition}.`,
      );
    return [condition.slice(0, at), condition.slice(at + 1)];
  });
  return { channel, ...Object.fromEntries(patterns) };
}

function ratesOf(texts: readonly string[]) {
  return Object.fromEntries(
    texts.map((text) => {
      const [, currency, rate] = /^([A-Z]{3})=([\d.]+)$/.exec(text) ?? [];
      if (!currency) throw new CommandError(`Write an exchange rate as EUR=1.08, not ${text}.`);
      return [currency, Number(rate)];
    }),
  );
}

const dateOf = (at: number) => new Date(at).toISOString().slice(0, 10);

/** The moment at which a token ends: so many days from now, or with the end of a day (UTC). */
function endOf(text: string): number {
  const [, days] = /^([1-9]\d{0,4})d$/.exec(text) ?? [];
  const end = days ? Date.now() + Number(days) * DAY : Date.parse(`${text}T00:00:00Z`) + DAY;
  if (Number.isNaN(end))
    throw new CommandError(`Write the end of a token as 90d or as a day, YYYY-MM-DD, not ${text}.`);
  return end;
}

/** The change that options ask for; what is not named stays. */
const changeOf = (values: Values) => ({
  ...(values.name ? { name: values.name } : {}),
  ...(values.origin ? { origins: values.origin } : {}),
  ...(values.timezone ? { timezone: values.timezone } : {}),
  ...(values['min-pages'] ? { min_pages: Number(values['min-pages']) } : {}),
  ...(values['min-engaged'] ? { min_engaged: Number(values['min-engaged']) * 1000 } : {}),
  ...(values['no-channel-rules'] ? { channel_rules: [] } : {}),
  ...(values['channel-rule'] ? { channel_rules: values['channel-rule'].map(ruleOf) } : {}),
  ...(values.confirm ? { confirm: values.confirm } : {}),
  ...(values['no-exchange-rates'] ? { exchange_rates: null } : {}),
  ...(values['exchange-rate'] ? { exchange_rates: ratesOf(values['exchange-rate']) } : {}),
  ...keepingOf(values),
});

/** Asked for and not an option, so that it stays out of the shell's history and the list of processes. */
async function stripeSecret(): Promise<string> {
  const asking = createInterface({ input: process.stdin, output: process.stderr, terminal: false });
  process.stderr.write('The endpoint’s signing secret, as Stripe shows it (whsec_…): ');
  const { value } = await asking[Symbol.asyncIterator]().next();
  asking.close();
  return String(value ?? '').trim();
}

const told = ({ rows, sums, made }: Backed) =>
  `The database of ${new Date(made).toISOString()} (${rows} rows in ${Object.keys(sums).length} tables, ${sums.events?.rows ?? 0} of them events)`;

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
    const store = await call<Store>(
      target(),
      'PATCH',
      `/v1/stores/${wanted(values, 'store')}`,
      changeOf(values),
    );
    console.log(
      `${store.name} takes events from ${store.origins.join(', ')}; everywhere within half a minute.`,
    );
    if (store.recounting)
      console.log(
        'Everything is counted anew with the new settings within minutes; answers say so until it is done.',
      );
  },
  'token create': async (values) => {
    const { secret } = await call<{ secret: string }>(target(), 'POST', '/v1/tokens', {
      store: wanted(values, 'store'),
      ...(values.name ? { name: values.name } : {}),
      ...(values.scope ? { scopes: values.scope } : {}),
      ...(values.expires ? { expires: endOf(values.expires) } : {}),
    });
    console.log(`${secret}\nKeep it now: it is not shown again.`);
  },
  'token list': async (values) => {
    const query = new URLSearchParams({ store: wanted(values, 'store'), limit: '500' });
    const { tokens } = await call<{ tokens: Token[] }>(target(), 'GET', `/v1/tokens?${query}`);
    for (const { id, name, scopes, expires, last_used } of tokens)
      console.log(
        `${id}  ${name}  ${scopes.join(' ')}  ${expires === null ? 'does not expire' : `until ${dateOf(expires)}`}  ${last_used === null ? 'never used' : `last used ${dateOf(last_used)}`}`,
      );
  },
  'token revoke': async (values) => {
    await call(target(), 'DELETE', `/v1/tokens/${wanted(values, 'token')}`);
    console.log('It opens nothing any more.');
  },
  'secret create': async (values) => {
    const store = wanted(values, 'store');
    const { id, secret } = await call<Secret & { secret: string }>(target(), 'POST', '/v1/secrets', {
      store,
      ...(values.name ? { name: values.name } : {}),
      ...(values.stripe ? { kind: 'stripe', secret: await stripeSecret() } : {}),
    });
    if (values.stripe) console.log(`${id} verifies what Stripe sends to ${target().url}/v1/stripe/${store}`);
    else console.log(`${secret}\nKeep it now: it is not shown again.`);
  },
  'secret list': async (values) => {
    const query = new URLSearchParams({ store: wanted(values, 'store') });
    const { secrets } = await call<{ secrets: Secret[] }>(target(), 'GET', `/v1/secrets?${query}`);
    for (const { id, kind, name, hint, created } of secrets)
      console.log(`${id}  ${kind}  …${hint}  ${dateOf(created)}  ${name}`);
  },
  'secret revoke': async (values) => {
    const id = wanted(values, 'id');
    await call(target(), 'DELETE', `/v1/secrets/${encodeURIComponent(id)}`);
    console.log(`Nothing that is signed with ${id} is taken any more.`);
  },
  'sign-in': async (values) => {
    const { url } = await call<{ url: string }>(target(), 'POST', '/v1/operator/sign-in-links', {
      email: values.email ?? OWNER,
      ...(values.store ? { store: values.store } : {}),
      ...(values.role ? { role: values.role } : {}),
    });
    console.log(`${url}\nIt signs its reader in once, within a day.`);
  },
  'member list': async (values) => {
    const query = new URLSearchParams({ store: wanted(values, 'store') });
    const { members } = await call<{ members: Member[] }>(target(), 'GET', `/v1/members?${query}`);
    for (const { email, role, everywhere, created } of members)
      console.log(`${email}  ${role}${everywhere ? ' of all stores' : ''}  since ${dateOf(created)}`);
  },
  'member remove': async (values) => {
    const email = wanted(values, 'email');
    await call(target(), 'DELETE', '/v1/operator/members', {
      email,
      ...(values.store ? { store: values.store } : {}),
    });
    console.log(
      values.store
        ? `${email} does not see this store any more.`
        : `${email} does not see all stores any more.`,
    );
  },
  'store delete': (values) => deleteStore(wanted(values, 'store'), wanted(values, 'confirm')),
  erase: (values) => eraseVisitor(wanted(values, 'store'), wanted(values, 'visitor')),
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
    console.log('Visits and orders are derived anew; days that are over are being added up.');
    await finishJobs(target());
  },
  backup: async (values) => {
    const to = wanted(values, 'to');
    const backed = values.remote ? backUpRemote(to) : backUp(to);
    console.log(`${told(backed)} is in ${backed.file}, read again and compared.`);
    console.log(
      values.remote
        ? 'Keep TUNDISH_SECRET with it, apart: secrets for signed calls open only under it.'
        : `Keep ${dataFolder()}/secret with it, apart: secrets for signed calls open only under it.`,
    );
  },
  restore: async (values) => {
    const backed = await restore(wanted(values, 'from'), values.force === true);
    console.log(
      `${told(backed)} is in ${dataFolder()} again, every table as it was. Start the server with: npm start`,
    );
  },
};

await runCommand(async () => {
  const { values, positionals } = parse();
  if (values.help) return console.log(USAGE);
  const command = commands[positionals.join(' ')];
  if (!command) throw new CommandError(USAGE);
  await command(values);
});
