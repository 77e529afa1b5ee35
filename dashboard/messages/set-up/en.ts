// The texts of the set-up view in English: few open it, so they travel with it. Refusals have the contract's words.
import { EVENT_REASONS, REQUEST_REASONS } from '../../../sdk/event.ts';
import type { Text } from '../en.ts';

type Reasons<R extends string> = { [Name in R as `reason.${Name}`]: string };

const reasons = <R extends string>(words: Record<R, string | { says: string }>) =>
  Object.fromEntries(
    Object.entries<string | { says: string }>(words).map(([name, word]) => [
      `reason.${name}`,
      typeof word === 'string' ? word : word.says,
    ]),
  ) as Reasons<R>;

export const setUpEn = {
  'setup.title': 'Set-up of {store}',
  'setup.tag.title': 'Paste one line',
  'setup.tag.lead': 'Into the <head> of every page of the shop, as it is:',
  'setup.waiting.title': 'Waiting for the first event',
  'setup.waiting.lead': 'Open a page of the shop. It shows up here within seconds; nothing to reload.',
  'setup.first.title': 'The first event is here',
  'setup.first.lead': 'Events arrive. From now on the funnel fills by itself.',
  'setup.first.type': 'What happened',
  'setup.first.path': 'Page',
  'setup.first.channel': 'Channel',
  'setup.first.source': 'Source',
  'setup.first.device': 'Device',
  'setup.first.country': 'Country',
  'setup.first.when': 'When',
  'setup.first.unknown': 'not known',
  'setup.first.go': 'See the funnel',
  'setup.facts.title': 'The store',
  'setup.facts.id': 'Public id',
  'setup.facts.created': 'Created',
  'setup.facts.more': 'Names, thresholds, channel rules, tokens and secrets are under',

  'setup.live': 'live',
  'log.title': 'What arrives',
  'log.lead': 'Every event of the shop shows up here within seconds, with its fate.',
  'log.counted': 'counted',
  'log.refused': 'refused',
  'log.lost': 'lost',
  'log.list': 'The latest events',
  'log.refusals': 'What was refused',
  'log.refusals.older': { one: '{n} older reason', other: '{n} older reasons' },
  'log.more': 'Show all {n}',
  'log.fewer': 'Show fewer',
  'log.times': { one: '{n} time', other: '{n} times' },
  'log.last': 'last {ago}',
  'log.from': 'from {origin}',
  'log.from.unknown': 'from a page that is not named',
  'log.from.others': 'from other pages',
  'log.said': { one: '{n} more event has arrived.', other: '{n} more events have arrived.' },
  'log.said.refused': 'Events were refused; the log says why.',

  'reason.dropped':
    'Browsers could not send for so long that they had to drop events; orders are the last to go.',
  'reason.unknown_store.named': 'A page sends the id {store}, which is no store’s.',
  'advice.foreign_origin': 'If that is your shop, add it to the list; the next page viewed there counts.',
  'advice.missing_origin':
    'Open the shop by its web address: a saved page or a preview in a frame names no origin.',
  'advice.unknown_store': 'Copy the line above again and paste it over the one in the shop.',
  'advice.bot':
    'Is it you? Browsers that a program steers count as robots; open the shop in an ordinary one. Otherwise there is nothing to do.',
  'advice.missing_order': 'Give every order and payment the shop’s own order number.',
  'advice.invalid_value': 'Send the amount as a number, such as 49.99, without the currency’s sign.',
  'advice.personal_data': 'Send a number of the shop’s own, by which nobody is known.',
  'advice.over_budget':
    'Raise the bound under Daily events in the settings; where far too many come, look at the shop first.',
  'advice.unavailable': 'Nothing to do: the script sends the same events again by itself.',
  'advice.dropped': 'A firewall or an extension may hold requests to this server back: check a page below.',
  'origin.add': 'Add {origin} to the list',
  'origin.added': '{origin} is on the list. Open a page of it.',

  'check.title': 'Check my page',
  'check.lead': 'The server looks at a page of the shop and says what keeps events from arriving.',
  'check.again': 'Nothing new arrives? Check a page',
  'check.url': 'Page of the shop',
  'check.url.hint': 'At {origins}.',
  'check.go': 'Check',
  'check.busy': 'Looking …',
  'check.open': 'Open the shop with logging',
  'check.open.hint':
    'The browser’s console (F12) then says what becomes of each event; the address ends in ?tundish_debug.',
  'finding.page_unreachable': 'The page answered with status {status}.',
  'finding.page_unreachable.do':
    'Open it in your browser. A shop behind a password, or one that turns programs away, cannot be checked from here.',
  'finding.page_unreachable_silent': 'The page did not answer.',
  'finding.page_unreachable_silent.do':
    'Check its address, and that the shop is online. It is given 8 seconds and three redirects.',
  'finding.origin_not_allowed': 'The page is at {origin}, which is not on this store’s list.',
  'finding.origin_not_allowed.do': 'Events from there are refused. If it is your shop, add it to the list.',
  'finding.tag_missing': 'The line is not in this page.',
  'finding.tag_missing.do':
    'Paste it into the <head>, publish the page and empty the shop’s cache. If a tag manager puts it in, this check cannot see it: open the shop with logging instead.',
  'finding.tag_twice': 'The line is in this page {times} times.',
  'finding.tag_twice.do': 'Keep one of them and remove the others.',
  'finding.wrong_store': 'The page’s line carries the id {store}, not this store’s.',
  'finding.wrong_store.do': 'Replace it by the line above.',
  'finding.wrong_store_none': 'The page’s line carries no store’s id.',
  'finding.wrong_store_none.do': 'Replace it by the line above, as it is.',
  'finding.wrong_host': 'The page’s line loads its script from {host}, not from this server.',
  'finding.wrong_host.do': 'Replace it by the line above.',
  'finding.csp_blocks_script':
    'The page’s Content-Security-Policy forbids the browser to load the script: blocked by CSP.',
  'finding.csp_blocks_script.do': 'Add {add} to {directive} of the policy.',
  'finding.csp_blocks_script_nonce': 'The page’s Content-Security-Policy trusts only scripts with a nonce.',
  'finding.csp_blocks_script_nonce.do':
    'Give the line the nonce that the page’s other scripts have ({directive} of the policy).',
  'finding.csp_blocks_connect': 'The page’s Content-Security-Policy forbids the browser to send events.',
  'finding.csp_blocks_connect.do': 'Add {add} to {directive} of the policy.',
  'finding.consent_required': 'The line waits for consent: nothing is sent before the visitor has agreed.',
  'finding.consent_required.do':
    "Agree in the shop’s consent banner. If nothing arrives then either, the banner does not tell Tundish: it must call tundish('consent', 'granted'), or let the script load.",
  'finding.debug_on': 'Logging is on for everybody who opens this page’s console.',
  'finding.debug_on.do': 'Remove data-debug from the line once everything works.',
  'finding.ok': 'The page and its policy are right.',
  'finding.ok.do': 'Nothing in it keeps events from arriving.',
  'finding.ok_waiting': 'The page and its policy are right, and yet nothing has arrived.',
  'finding.ok_waiting.do':
    'Open the page once. If nothing shows up here within seconds, a browser extension blocks it: try a private window or another browser. A browser that a program steers is counted as a robot, and one that asks not to be tracked may be left out.',

  ...reasons(EVENT_REASONS),
  ...reasons(REQUEST_REASONS),
  // Here the remedy is a button and not a command.
  'reason.foreign_origin': 'This origin is not on the store’s list.',
} as const satisfies Record<string, Text>;
