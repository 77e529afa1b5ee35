// A store's share links: made, shown once, revoked.
import { useState } from 'preact/hooks';
import type { Store } from '../../api.ts';
import { f, t } from '../../messages/index.tsx';
import { Field } from '../../parts/field.tsx';
import type { SettingsSection } from '../section.ts';
import { useChanging } from './changing.ts';
import { Confirm } from './confirm.tsx';
import { createShare, listShares, revokeShare, type Share } from './questions.ts';
import { MadeLink, Told } from './told.tsx';

const DAY = 86_400_000;
/** Days for which a link opens something; null for ever. A form begins with the first: what is forgotten then ends. */
const LIVES = { days30: 30, days7: 7, days365: 365, endless: null } as const;
type Life = keyof typeof LIVES;
const LIFE_NAMES = Object.keys(LIVES) as Life[];

const endOf = ({ expires }: Share): string => {
  if (expires === null) return t('shares.endless');
  return t(expires > Date.now() ? 'shares.until' : 'shares.over', { moment: f().moment(expires) });
};

const Row = ({ share, onRevoke }: { share: Share; onRevoke: () => void }) => {
  const [asked, setAsked] = useState(false);
  const { name, created, last_used } = share;
  return (
    <li class="access-row" data-test="share">
      <div>
        <b>{name}</b>
        <span class="access-facts">
          {t('shares.created', { moment: f().moment(created) })} ·{' '}
          {last_used === null ? t('shares.never') : t('shares.used', { moment: f().moment(last_used) })} ·{' '}
          {endOf(share)}
        </span>
      </div>
      <button
        type="button"
        class="button"
        aria-label={t('shares.revoke.named', { name })}
        onClick={() => setAsked(true)}
        data-test="share-revoke"
      >
        {t('shares.revoke')}
      </button>
      {asked && (
        <Confirm
          question={t('shares.revoke.sure', { name })}
          action={t('shares.revoke')}
          test="share-revoke"
          onYes={() => {
            setAsked(false);
            onRevoke();
          }}
          onNo={() => setAsked(false)}
        />
      )}
    </li>
  );
};

const NewShare = ({ onMake }: { onMake: (name: string, days: number | null) => Promise<boolean> }) => (
  <form
    class="form access-new"
    onSubmit={(event) => {
      event.preventDefault();
      const form = event.currentTarget;
      if (!(form instanceof HTMLFormElement)) return;
      const filled = new FormData(form);
      const life = LIFE_NAMES.find((one) => one === filled.get('life')) ?? 'days30';
      void onMake(String(filled.get('name') ?? '').trim(), LIVES[life]).then((made) => made && form.reset());
    }}
  >
    <h3>{t('shares.new')}</h3>
    <Field id="share-name" label={t('shares.name')} hint={t('shares.name.hint')}>
      {(ties) => (
        <input {...ties} name="name" required maxLength={100} autocomplete="off" data-test="share-name" />
      )}
    </Field>
    <Field id="share-life" label={t('shares.life')} hint={t('shares.life.hint')}>
      {(ties) => (
        <select {...ties} name="life" data-test="share-life">
          {LIFE_NAMES.map((life) => (
            <option key={life} value={life}>
              {t(`shares.life.${life}`)}
            </option>
          ))}
        </select>
      )}
    </Field>
    <button type="submit" class="button" data-test="share-make">
      {t('shares.make')}
    </button>
  </form>
);

const Form = ({ store }: { store: Store }) => {
  const shares = useChanging<Share>('shares', () => listShares(store.id));
  const [link, setLink] = useState<string | null>(null);
  const make = (name: string, days: number | null) =>
    shares.run(async () => {
      const expires = days === null ? null : Date.now() + days * DAY;
      setLink((await createShare({ store: store.id, name, expires })).link);
      return null;
    });
  const revoke = ({ id, name }: Share) =>
    shares.run(async () => {
      await revokeShare(id);
      return t('shares.revoked', { name });
    });
  return (
    <div data-test="shares">
      {link !== null && (
        <MadeLink lead={t('shares.handover')} link={link} test="share-made" onDone={() => setLink(null)} />
      )}
      <Told failure={shares.failure} said={shares.said} test="shares" onRetry={shares.again} />
      {shares.all?.length === 0 && link === null && <p class="hint">{t('shares.none')}</p>}
      <ul class="access-list">
        {shares.all?.map((share) => (
          <Row key={share.id} share={share} onRevoke={() => void revoke(share)} />
        ))}
      </ul>
      <NewShare onMake={make} />
    </div>
  );
};

export const sharesSection: SettingsSection = {
  id: 'shares',
  title: 'shares.title',
  lead: 'shares.lead',
  for: 'owner',
  Form,
};
