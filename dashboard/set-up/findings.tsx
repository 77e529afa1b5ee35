// What a check found, in sentences: what is the matter, and what to do about it.
import type { Finding, Store } from '../api.ts';
import { t } from '../messages/index.tsx';
import type { MessageKey } from '../messages/parts.ts';
import { AddOrigin } from './add-origin.tsx';

type FindingKey = Extract<MessageKey, `finding.${string}.do`> extends `${infer Key}.do` ? Key : never;

/** Its text: some causes have two. */
const keyOf = (finding: Finding, waiting: boolean): FindingKey => {
  switch (finding.cause) {
    case 'page_unreachable':
      return finding.status === null ? 'finding.page_unreachable_silent' : 'finding.page_unreachable';
    case 'wrong_store':
      return finding.store === null ? 'finding.wrong_store_none' : 'finding.wrong_store';
    case 'csp_blocks_script':
      return finding.add === null ? 'finding.csp_blocks_script_nonce' : 'finding.csp_blocks_script';
    case 'ok':
      return waiting ? 'finding.ok_waiting' : 'finding.ok';
    default:
      return `finding.${finding.cause}`;
  }
};

/** What its text asks for. */
const valuesOf = ({ cause, ...known }: Finding): Record<string, string | number> =>
  Object.fromEntries(Object.entries(known).map(([name, value]) => [name, value ?? '']));

/** How grave it is: nothing at all, something to know, or in the way of every event. */
const toneOf = (cause: Finding['cause']): 'fine' | 'note' | 'bad' => {
  if (cause === 'ok' || cause === 'debug_on') return 'fine';
  return cause === 'consent_required' || cause === 'tag_twice' ? 'note' : 'bad';
};

interface Props {
  findings: readonly Finding[];
  store: Store;
}

export const Findings = ({ findings, store }: Props) => {
  const waiting = store.first_event === null;
  return (
    <ul class="findings">
      {findings.map((finding) => {
        const key = keyOf(finding, waiting);
        const values = valuesOf(finding);
        const tone = toneOf(finding.cause);
        return (
          <li key={finding.cause} class={`finding is-${tone}`} data-test="finding" data-cause={finding.cause}>
            <p>
              <span class="mark" aria-hidden="true">
                {tone === 'fine' ? '✓' : '!'}
              </span>
              <b>{t(key, values)}</b>
            </p>
            <p>{t(`${key}.do`, values)}</p>
            {finding.cause === 'origin_not_allowed' && <AddOrigin store={store} origin={finding.origin} />}
          </li>
        );
      })}
    </ul>
  );
};
