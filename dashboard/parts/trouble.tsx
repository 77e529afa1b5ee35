// A failure in words, with what to do about it.
import type { Failure } from '../api.ts';
import { t } from '../messages/index.tsx';

const WORDS = {
  network: 'error.network',
  missing: 'error.missing',
  limited: 'error.limited',
  server: 'error.server',
} as const;

/** The server's own sentence where it refused for a reason; ours otherwise. */
export const failureText = (failure: Failure): string => {
  const { kind, problem, status } = failure;
  if (kind === 'refused' && problem !== null) return problem.detail;
  return kind in WORDS ? t(WORDS[kind as keyof typeof WORDS]) : t('error.unexpected', { status });
};

interface Props {
  failure: Failure;
  /** Said before it: that older figures are still shown. */
  lead?: string | undefined;
  onRetry?: () => void;
}

export const Trouble = ({ failure, lead, onRetry }: Props) => (
  <div class="trouble" role="alert" data-test="trouble">
    <p>
      {lead !== undefined && `${lead} `}
      {failureText(failure)}
    </p>
    {onRetry !== undefined && (
      <button type="button" class="button" onClick={onRetry} data-test="retry">
        {t('error.retry')}
      </button>
    )}
  </div>
);
