// What the server said to a change of who gets in: why not, what was done, and a link that is shown once.
import type { Failure } from '../../api.ts';
import { t, tMaybe } from '../../messages/index.tsx';
import { Copy } from '../../parts/copy.tsx';
import { Trouble } from '../../parts/trouble.tsx';
import './access.css';

interface Props {
  failure: Failure | null;
  said: string | null;
  test: string;
  onRetry: () => void;
}

export const Told = ({ failure, said, test, onRetry }: Props) => {
  const sentence = failure === null ? null : tMaybe(`access.error.${failure.code}`);
  return (
    <>
      {failure !== null &&
        (sentence === null ? (
          <Trouble failure={failure} onRetry={onRetry} />
        ) : (
          <p class="trouble" role="alert" data-test="trouble">
            {sentence}
          </p>
        ))}
      <p class="access-said" role="status" data-test={`${test}-said`}>
        {said}
      </p>
    </>
  );
};

interface LinkProps {
  lead: string;
  link: string;
  test: string;
  onDone: () => void;
}

export const MadeLink = ({ lead, link, test, onDone }: LinkProps) => (
  <div class="access-made" role="status">
    <p>{lead}</p>
    <Copy text={link} test={test} />
    <button type="button" class="button" onClick={onDone} data-test={`${test}-done`}>
      {t('access.done')}
    </button>
  </div>
);
