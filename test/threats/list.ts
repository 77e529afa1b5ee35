// What somebody could do to Tundish or to those who trust it, what stops that, and the test that would notice if not.

export interface Threat {
  id: string;
  /** Who does what. */
  threat: string;
  /** What stops it, in a sentence. */
  stopped: string;
  /** Files of test/, each with the names of tests in it. */
  tests: Readonly<Record<string, readonly string[]>>;
}

export const THREATS: readonly Threat[] = [
  {
    id: 'stolen-database',
    threat: 'A copy of the database is used to get in, or to sign calls.',
    stopped:
      'Tokens and links are kept as hashes of 190 random bits, passwords by scrypt, secrets and answers encrypted under TUNDISH_SECRET, which is not in it.',
    tests: {
      'worker/access/answers.worker.ts': [
        'a stolen database opens nothing: no token, link, secret or password stands in it',
      ],
      'worker/access/sign-in.worker.ts': [
        'is kept as a salted scrypt hash, and in no answer that was kept to be given again',
      ],
      'worker/signed/secrets.worker.ts': ['no secret stands in any form that can be read'],
    },
  },
  {
    id: 'forged-order',
    threat: 'A browser claims orders or payments that never were.',
    stopped:
      'What a page claims is told apart from what a signed call confirms, and takes no real order’s place.',
    tests: {
      'worker/signed/signature.worker.ts': ['of forgeries by the hundred none is taken'],
      'worker/signed/trust.worker.ts': [
        'of no order counts as far as the store lets it (confirm: %s)',
        'that a server confirms count beside none of those that are claimed',
      ],
      'worker/accept.worker.ts': ['%s cannot take the id of a coming order'],
    },
  },
  {
    id: 'replayed-webhook',
    threat: 'A signed call is caught and sent again.',
    stopped:
      'Its time is signed too and good for five minutes; an order or payment counts once however often it comes.',
    tests: {
      'worker/signed/signature.worker.ts': [
        'is taken, and taken again it is a duplicate',
        'whose time is %d s from now',
      ],
      'worker/signed/stripe.worker.ts': ['is one payment and its refunds, whatever comes when and how often'],
    },
  },
  {
    id: 'guessed-token',
    threat: 'Tokens, sign-in links or share links are guessed.',
    stopped:
      'All have 180 random bits or more, links are tried a bounded number of times, and all that is wrong gets one answer.',
    tests: {
      'worker/access/tokens.worker.ts': [
        'missing, wrong, expired and revoked credentials get the same answer',
      ],
      'worker/access/access.worker.ts': ['the header "%s" opens nothing', 'a forged cookie opens nothing'],
      'worker/access/sign-in.worker.ts': [
        'of one network end for links and passwords alike, and another network is not kept out',
      ],
    },
  },
  {
    id: 'guessed-password',
    threat: 'Passwords are guessed, for one account from many networks or for many from one.',
    stopped:
      'Failed tries are counted for the account and for the network before they are made, over all instances.',
    tests: {
      'worker/access/sign-in.worker.ts': [
        'for one account end in 429 with Retry-After, from whatever networks and at once, and come back',
        'of one network end for links and passwords alike, and another network is not kept out',
        '%j is none',
      ],
    },
  },
  {
    id: 'known-people',
    threat: 'Signing in tells by its words or its time who has an account.',
    stopped: 'One sentence for all, and a hash is made whether there is such a person or not.',
    tests: {
      'worker/access/sign-in.worker.ts': [
        'that is wrong, of nobody, or of who has none is refused in one sentence',
        'makes nobody: there is no way to sign up',
      ],
      'flow/access.browser.ts': ['how long a refusal takes does not tell whether there is such a person'],
    },
  },
  {
    id: 'taken-over-account',
    threat:
      'An owner of one store gets a sign-in link for somebody who sees more, or keeps one from before they did.',
    stopped:
      'Links are made only for accounts within the asker’s own stores, and an account that comes to see more begins anew.',
    tests: {
      'worker/access/members.worker.ts': [
        'gets no key to an account that sees other stores, neither by inviting nor by a new link',
        'gets no key to who sees all stores, and changes nothing of them',
        'keeps nothing of an account that comes to see more: no session, no link, no password',
      ],
    },
  },
  {
    id: 'cross-site-request',
    threat: 'Another site has a signed-in browser write.',
    stopped:
      'A request that writes with cookies must name this origin, whatever its type; cookies are SameSite=Lax.',
    tests: {
      'worker/access/answers.worker.ts': ['cannot write with a person’s cookies, whatever it says it sends'],
      'worker/access/sign-in.worker.ts': [
        'opens a session with an HttpOnly, Secure, SameSite cookie, whatever the case of the address',
      ],
    },
  },
  {
    id: 'cross-origin-read',
    threat: 'Another site reads answers by CORS.',
    stopped: 'Only the collector allows other origins, and no credentials; its answer holds nothing secret.',
    tests: {
      'worker/access/answers.worker.ts': [
        'cannot read answers but the collector’s: no other route knows CORS',
      ],
    },
  },
  {
    id: 'markup-of-visitors',
    threat: 'Names, paths or campaigns that visitors make run as script in the dashboard.',
    stopped:
      'They are text wherever they are shown, and the policy lets no script run but the page’s own files.',
    tests: {
      'flow/hostile.browser.ts': [
        'shows what visitors wrote as text, whatever the address says',
        'comes with a policy that lets no script and no style in that is not the product’s own',
      ],
      'flow/access.browser.ts': ['the page itself can be framed by nobody, and nothing was complained about'],
    },
  },
  {
    id: 'clickjacking',
    threat: 'The dashboard is framed, and its buttons are pressed unawares.',
    stopped: 'The policy’s frame-ancestors and X-Frame-Options forbid it, on every answer and file.',
    tests: {
      'worker/access/answers.worker.ts': ['of %s let nobody frame, sniff or leak it (%j, %d)'],
      'flow/access.browser.ts': ['the page itself can be framed by nobody, and nothing was complained about'],
    },
  },
  {
    id: 'open-redirect',
    threat: 'A sign-in link is changed so that it leads to another site.',
    stopped: 'Where it leads is not read from the link.',
    tests: {
      'worker/access/sign-in.worker.ts': ['a link that names %s leads to the dashboard all the same'],
    },
  },
  {
    id: 'session-fixation',
    threat: 'A session is planted in a browser before its owner signs in.',
    stopped: 'Signing in always opens a new session.',
    tests: {
      'worker/access/sign-in.worker.ts': [
        'that were planted before signing in are not the ones that are opened',
      ],
    },
  },
  {
    id: 'other-stores',
    threat: 'A member, token or share link of one store asks for another’s things by their ids.',
    stopped:
      'One function decides for every route, and what is another store’s is answered as if it were not there.',
    tests: {
      'worker/access/walk.worker.ts': [
        'gives another store’s owner, token and link what they would get if there were no such store',
      ],
      'worker/access/tokens.worker.ts': ['another store’s token is not there to be revoked'],
    },
  },
  {
    id: 'more-than-the-role',
    threat: 'A viewer, editor, share link or token does what only somebody above may.',
    stopped: 'Roles and scopes are one table; what the document says of each route is what is so.',
    tests: {
      'worker/access/walk.worker.ts': ['lets in the store whom the document names, and nobody else'],
      'worker/access/tokens.worker.ts': [
        'one function decides: what roles, scopes and share links may, and that it ends at their stores',
      ],
      'worker/access/access.worker.ts': [
        'every route but the collector, health and sign-in answers 401 without a credential, the documents too',
      ],
    },
  },
  {
    id: 'revoked-but-open',
    threat: 'A session, share link, token or membership that was revoked goes on working.',
    stopped: 'Each is read from the database at every request; the signed cookie alone opens nothing.',
    tests: {
      'worker/access/sign-in.worker.ts': ['end at once though the signed cookie still says who it was'],
      'worker/access/shares.worker.ts': [
        'revoked it opens nothing, also where it is open already',
        'it ends when it was said to, tells when it was used, and is kept as a hash',
      ],
      'worker/access/members.worker.ts': [
        'may do from the next request on what the new role may, and nothing once removed',
        'who was removed gets in by no link of before',
      ],
      'worker/access/access.worker.ts': ['a token reads its store, only its store, until it is revoked'],
    },
  },
  {
    id: 'locked-out',
    threat: 'The last owner is removed, or demoted, and nobody can change anything any more.',
    stopped: 'The statement that would do it does nothing where no other owner is left.',
    tests: { 'worker/access/members.worker.ts': ['always remains'] },
  },
  {
    id: 'people-behind-a-share',
    threat:
      'Whoever is given a share link sees single visitors and orders, or passes the link on by the way.',
    stopped:
      'A share link opens sums alone; its cookie is for this host and no script, and no referrer names the link.',
    tests: {
      'worker/access/walk.worker.ts': ['no share link opens what is told of people one by one'],
      'worker/access/shares.worker.ts': [
        'it shows the figures of its store, and nobody behind them',
        'a link leads to its store with a cookie for this host alone, and is told to nobody on the way',
      ],
    },
  },
  {
    id: 'csv-formula',
    threat: 'A campaign’s name is a formula that a spreadsheet runs.',
    stopped: 'Text that a spreadsheet would run stands after an apostrophe.',
    tests: {
      'worker/csv.worker.ts': [
        'a campaign that is a formula is text in the spreadsheet, and each currency has its columns',
      ],
    },
  },
  {
    id: 'sql-injection',
    threat: 'Text from outside becomes part of a statement.',
    stopped: 'Values are bound, lists go as one JSON parameter, names come from closed lists.',
    tests: {
      'worker/access/answers.worker.ts': ['is never part of a statement'],
      'worker/accept.worker.ts': ['an order may be numbered %j'],
    },
  },
  {
    id: 'path-traversal',
    threat: 'A path climbs out of the files that are served.',
    stopped: 'Files come from a closed list that was made when the product was built.',
    tests: {
      'flow/access.browser.ts': ['a path that climbs out of the files finds nothing of the machine'],
      'flow/start.browser.ts': ['a file of another version is missing, not the dashboard'],
    },
  },
  {
    id: 'huge-body',
    threat: 'A body too large to be held, or one that unpacks to it, takes the server down.',
    stopped: 'Every route that reads a body bounds it first, and none unpacks anything.',
    tests: {
      'worker/access/answers.worker.ts': [
        'that is huge is refused before anything of it is done',
        'that is compressed is not unpacked',
      ],
      'worker/check.worker.ts': ['is read for a megabyte and no further'],
    },
  },
  {
    id: 'shared-cache',
    threat: 'A cache gives one reader’s answer to another.',
    stopped:
      'Answers are not stored, or private with an ETag of their own question; Vary names the credential.',
    tests: {
      'worker/access/answers.worker.ts': ['let no cache give one reader’s answer to another'],
      'worker/access/access.worker.ts': ['answers are for their reader alone'],
    },
  },
  {
    id: 'prototype-pollution',
    threat: 'A body or parameter changes what all objects of the server have.',
    stopped: 'Bodies are read by strict schemas, names looked up in closed lists.',
    tests: {
      'worker/access/answers.worker.ts': ['cannot change what all objects have'],
      'collect/money.unit.ts': ['%s is no currency'],
    },
  },
  {
    id: 'slow-pattern',
    threat: 'A pattern of a funnel or a rule takes for ever to match.',
    stopped: 'Patterns are no regular expressions: pieces are searched in one pass.',
    tests: { 'worker/access/answers.worker.ts': ['of thousands of asterisks is matched in a moment'] },
  },
  {
    id: 'server-side-request',
    threat: 'The page check is made to fetch addresses that only the server reaches.',
    stopped:
      'Only the store’s own origins are fetched, redirects step by step, for eight seconds and a megabyte.',
    tests: {
      'worker/check.worker.ts': [
        'to %s is not followed',
        '%s is refused: %s',
        'is waited for 8 seconds, all in all',
      ],
    },
  },
  {
    id: 'forged-log',
    threat: 'Text from outside forges lines of the log, or leaves people’s data in it.',
    stopped: 'The log holds errors of the server alone; request ids are of a closed alphabet.',
    tests: {
      'worker/access/answers.worker.ts': ['does not reach the log'],
      'worker/conventions.worker.ts': ['%s'],
    },
  },
  {
    id: 'personal-data',
    threat: 'Addresses, user agents or e-mail addresses of people are kept, or told to others.',
    stopped:
      'Neither address nor user agent is stored anywhere; what is counted by them is counted under a keyed hash.',
    tests: {
      'worker/access/access.worker.ts': ['the tables keep neither link nor browser nor address'],
      'worker/access/sign-in.worker.ts': ['leave neither address in the database, and are forgotten'],
      'worker/refusals.worker.ts': [
        'neither address nor user agent nor more of a page than its origin is kept',
      ],
      'worker/cookieless.worker.ts': ['neither address nor user agent is kept'],
    },
  },
  {
    id: 'personal-data-of-shops',
    threat: 'A shop’s addresses, titles and properties carry e-mail addresses, tokens or card numbers.',
    stopped: 'What is known by its form or its name is cut out or refused before anything is stored.',
    tests: {
      'flow/keeping.browser.ts': ['no piece of personal data reaches the database, by whichever door'],
    },
  },
  {
    id: 'kept-for-ever',
    threat: 'Something of a visitor who was erased, or past its days, or of a deleted store, is still there.',
    stopped:
      'Erasing, the clock and deleting a store remove events and what is derived of them, and totals are made anew.',
    tests: {
      'worker/erase.worker.ts': [
        'whatever happened, the tables are those of the events that are left',
        'leaves no trace of a visitor, and may be repeated',
      ],
      'worker/keeping.worker.ts': [
        'is forgotten after its days, as if it had never been',
        'is gone at once, and leaves no row in any table',
      ],
    },
  },
  {
    id: 'flood',
    threat: 'One store or network is flooded so that others are answered late, or the database fills up.',
    stopped:
      'Networks, stores and a store’s day have their limits, and what comes for one store together is stored together.',
    tests: {
      'worker/turns.worker.ts': [
        'who waits for one store does not keep another waiting',
        'more than may wait are told to come back',
      ],
      'worker/unread.worker.ts': ['a body without an end is not read for ever'],
      'flow/keeping.browser.ts': ['warn before the day’s events are used up, and when they are'],
    },
  },
  {
    id: 'missing-secret',
    threat: 'The server runs without its secret, and so with one that everybody knows.',
    stopped:
      'Without TUNDISH_SECRET of 32 characters nothing that needs it is served, and a sentence says what to set.',
    tests: {
      'worker/access/access.worker.ts': [
        'without its secret the Worker serves nothing that needs one, and says what to set',
      ],
    },
  },
];
