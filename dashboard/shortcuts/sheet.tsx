// The sheet of keys: what each does, and a switch for all of them.
import { useEffect, useRef } from 'preact/hooks';
import { t } from '../messages/index.tsx';
import { HELP, keysOn, SHORTCUTS, setKeysOn, sheetOpen } from './keys.ts';
import './sheet.css';

const Key = ({ name, text }: { name: string; text: string }) => (
  <li>
    <kbd>{name}</kbd> <span>{text}</span>
  </li>
);

export const Sheet = () => {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const close = () => {
    sheetOpen.value = false;
  };
  return (
    <dialog ref={dialog} class="sheet" aria-labelledby="sheet-title" onClose={close} data-test="sheet">
      <div class="sheet-head">
        <h2 id="sheet-title">{t('keys.title')}</h2>
        <form method="dialog">
          <button type="submit" class="quiet" data-test="sheet-close">
            {t('app.close')}
          </button>
        </form>
      </div>
      <label class="check">
        <input
          type="checkbox"
          checked={keysOn.value}
          onChange={(event) => setKeysOn(event.currentTarget.checked)}
          data-test="keys-on"
        />
        <span>{t('keys.on')}</span>
      </label>
      <div class="sheet-groups">
        {SHORTCUTS.map(({ group, keys }) => (
          <section key={group}>
            <h3>{t(group)}</h3>
            <ul>
              {keys.map(({ key, text }) => (
                <Key key={key} name={key} text={t(text)} />
              ))}
            </ul>
          </section>
        ))}
      </div>
      <ul class="sheet-help">
        <Key name={HELP} text={t('keys.title')} />
        <Key name="Esc" text={t('app.close')} />
      </ul>
    </dialog>
  );
};
