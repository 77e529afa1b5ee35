// A failure in words, with what to do about it.
import type { Failure } from '../api.ts';
import { t } from '../messages/index.tsx';
import { explain } from './explain.ts';

const textOf = (failure: Failure): string => {
  const explained = explain(failure);
  if ('sentence' in explained) return explained.sentence;
  return 'field' in explained
    ? t('error.invalid', { field: t(explained.field) })
    : t(explained.text, { status: failure.status });
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
      {textOf(failure)}
    </p>
    {onRetry !== undefined && (
      <button type="button" class="button" onClick={onRetry} data-test="retry">
        {t('error.retry')}
      </button>
    )}
  </div>
);
