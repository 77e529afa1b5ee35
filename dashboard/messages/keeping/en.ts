// The texts of the settings about what is kept of a store, in English.
import type { Text } from '../en.ts';

export const keepingEn = {
  'retention.title': 'Retention',
  'retention.lead':
    'Events that are older than you say are deleted for good within minutes of the day’s end, and every figure follows: days that nothing is kept of are empty, and whoever came before them counts as new when they next come.',
  'retention.ever': 'For ever',
  'retention.ever.is': 'Until somebody erases a visitor or deletes the store.',
  'retention.days': 'For some days',
  'retention.days.is': 'At least 30. A year and its comparison with the year before need 730.',
  'retention.number': 'Days',
  'retention.number.hint': 'Today is kept beside them.',
  'retention.sure': 'I know that older events are deleted and cannot be brought back.',

  'budget.title': 'Daily events',
  'budget.lead':
    'Above its events of the day a store takes no more from pages until midnight: a loop in a page or a flood must not fill the database. Browsers keep what is refused and send it again. What your server confirms is always taken.',
  'budget.today': '{events} of {limit} events today ({share})',
  'budget.none': 'No event has come today.',
  'budget.limit': 'Events of a day, at most',
  'budget.limit.hint': 'Empty: {usual}. At least 1,000.',
  'budget.claim': 'A browser alone is believed up to ({currency})',
  'budget.claim.hint':
    'An order or payment above it is kept and counted, and its amount added up when a server confirms it. Empty: about a million dollars.',

  'erase.title': 'Erase a visitor',
  'erase.lead':
    'Deletes every event that names the visitor and everything made of it: visits, inquiries, orders, payments. Every figure is right from then on. An order that your server has confirmed without naming anybody stays, without a visitor.',
  'erase.id': 'The visitor’s id',
  'erase.id.hint':
    'As it stands on the visitor’s page; on their own device it is the first word of tundish in the shop’s local storage.',
  'erase.export': 'Download what is kept of them',
  'erase.start': 'Erase …',
  'erase.sure': 'Delete everything that is kept of {id}? This cannot be undone.',
  'erase.do': 'Erase for good',
  'erase.keep': 'Keep',
  'erase.busy': 'Erasing …',
  'erase.done': {
    one: 'Erased: {n} event of {id} is gone.',
    other: 'Erased: {n} events of {id} are gone.',
  },
  'erase.nobody': 'Nothing is kept of {id}; nothing was changed.',
  'erase.again':
    "A device that keeps the id and comes back is recorded as a new visitor: call tundish('optout') there to stop it.",

  'export.title': 'Take the events away',
  'export.lead':
    'All events as lines of JSON, which npm run import reads back to the same figures. Everything else is made of them.',
  'export.start': 'Prepare the file',
  'export.busy': { one: '{n} line so far …', other: '{n} lines so far …' },
  'export.stop': 'Stop',
  'export.ready': { one: 'The file is ready: {n} line.', other: 'The file is ready: {n} lines.' },
  'export.save': 'Save {file}',

  'delete.title': 'Delete the store',
  'delete.lead':
    'The store vanishes at once, for everybody: its events, figures, members, links, tokens and secrets. Pages that still have its tag are refused. There is no way back; take the events away first.',
  'delete.type': 'Type the name of the store to delete it: {name}',
  'delete.type.hint': 'Its id, {id}, will do too.',
  'delete.do': 'Delete this store for good',
  'delete.differs': 'That is not its name.',
} as const satisfies Record<string, Text>;
