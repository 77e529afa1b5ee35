// Text to take along, with a button that copies it and says so.
import { useState } from 'preact/hooks';
import { t } from '../messages/index.tsx';
import './copy.css';

interface Props {
  text: string;
  test: string;
}

/** How long the button says that it copied. */
const SAID_MS = 2_500;

export const Copy = ({ text, test }: Props) => {
  const [said, setSaid] = useState<'copied' | 'copy_failed' | null>(null);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setSaid('copied');
      setTimeout(() => setSaid(null), SAID_MS);
    } catch {
      setSaid('copy_failed');
    }
  };
  return (
    <div class="copy">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: long text scrolls and must be reachable by keyboard. */}
      <pre tabIndex={0}>
        <code data-test={test}>{text}</code>
      </pre>
      <button type="button" class="button" onClick={() => void copy()} data-test={`${test}-copy`}>
        {said === 'copied' ? t('setup.copied') : t('setup.copy')}
      </button>
      <span class={`copy-said ${said === 'copy_failed' ? '' : 'is-fine'}`} role="status">
        {said === 'copy_failed' && t('setup.copy_failed')}
        {said === 'copied' && <span class="unseen">{t('setup.copied')}</span>}
      </span>
    </div>
  );
};
