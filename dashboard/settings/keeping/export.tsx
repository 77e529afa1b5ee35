// Taking all events away: read a stretch at a time into one file, which the browser then saves.
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Store } from '../../api.ts';
import { t } from '../../messages/index.tsx';
import { Trouble } from '../../parts/trouble.tsx';
import { useSaving } from '../saving.tsx';
import type { SettingsSection } from '../section.ts';
import { exportEvents } from './asks.ts';

const Form = ({ store }: { store: Store }) => {
  const [lines, setLines] = useState(0);
  const [file, setFile] = useState<string | null>(null);
  const { busy, failure, run } = useSaving();
  const wanted = useRef(false);
  const name = `${store.id}.ndjson`;

  const forget = () => {
    if (file !== null) URL.revokeObjectURL(file);
    setFile(null);
  };
  useEffect(
    () => () => {
      wanted.current = false;
    },
    [],
  );
  useEffect(() => () => void (file !== null && URL.revokeObjectURL(file)), [file]);

  const start = () =>
    void run(async () => {
      forget();
      setLines(0);
      wanted.current = true;
      const blob = await exportEvents(store.id, (so_far) => {
        setLines(so_far);
        return wanted.current;
      });
      if (blob !== null) setFile(URL.createObjectURL(blob));
      return '';
    });
  const stop = () => {
    wanted.current = false;
  };

  return (
    <div>
      <div class="save-bar">
        {busy ? (
          <button type="button" class="button" onClick={stop} data-test="export-stop">
            {t('export.stop')}
          </button>
        ) : (
          <button type="button" class="button" onClick={start} data-test="export-start">
            {t('export.start')}
          </button>
        )}
        {file !== null && !busy && (
          <a class="button is-main" href={file} download={name} data-test="export-save">
            {t('export.save', { file: name })}
          </a>
        )}
        <p class="save-said" role="status" data-test="export-said">
          {busy && t('export.busy', { n: lines })}
          {!busy && file !== null && t('export.ready', { n: lines })}
        </p>
      </div>
      {failure !== null && <Trouble failure={failure} onRetry={start} />}
    </div>
  );
};

export const exportSection: SettingsSection = {
  id: 'export',
  title: 'export.title',
  lead: 'export.lead',
  for: 'owner',
  Form,
};
