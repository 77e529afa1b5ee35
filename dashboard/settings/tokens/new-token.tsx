// The form that makes a token: which program it is for, what that may do, and until when.
import type { NewToken as Asked } from '../../api.ts';
import { t } from '../../messages/index.tsx';
import { Field } from '../../parts/field.tsx';

export type Wanted = Omit<Asked, 'store'>;

const DAY = 86_400_000;

/** What programs are given: the least that they need comes first. */
const POWERS = {
  read: ['read'],
  write: ['write'],
  both: ['read', 'write'],
  admin: ['admin'],
} as const satisfies Record<string, readonly ('read' | 'write' | 'admin')[]>;
type Power = keyof typeof POWERS;
const POWER_NAMES = Object.keys(POWERS) as Power[];

/** Days for which a token opens something; null for ever. A form begins, and begins again, with the first. */
const LIVES = { endless: null, days30: 30, days90: 90, days365: 365 } as const;
type Life = keyof typeof LIVES;
const LIFE_NAMES = Object.keys(LIVES) as Life[];

const wantedOf = (form: FormData): Wanted => {
  const days = LIVES[String(form.get('life')) as Life] ?? null;
  return {
    name: String(form.get('name') ?? '').trim(),
    scopes: [...(POWERS[String(form.get('power')) as Power] ?? POWERS.read)],
    expires: days === null ? null : Date.now() + days * DAY,
  };
};

export const NewToken = ({ onCreate }: { onCreate: (wanted: Wanted) => void }) => (
  <form
    class="credential-new"
    onSubmit={(event) => {
      event.preventDefault();
      if (!(event.currentTarget instanceof HTMLFormElement)) return;
      onCreate(wantedOf(new FormData(event.currentTarget)));
      event.currentTarget.reset();
    }}
  >
    <Field id="token-name" label={t('tokens.name')} hint={t('tokens.name.hint')}>
      {(ties) => (
        <input {...ties} name="name" required maxLength={100} autocomplete="off" data-test="token-name" />
      )}
    </Field>
    <Field id="token-power" label={t('tokens.power')} hint={t('tokens.power.hint')}>
      {(ties) => (
        <select {...ties} name="power" data-test="token-power">
          {POWER_NAMES.map((power) => (
            <option key={power} value={power}>
              {t(`tokens.power.${power}`)}
            </option>
          ))}
        </select>
      )}
    </Field>
    <Field id="token-life" label={t('tokens.life')} hint={t('tokens.life.hint')}>
      {(ties) => (
        <select {...ties} name="life" data-test="token-life">
          {LIFE_NAMES.map((life) => (
            <option key={life} value={life}>
              {t(`tokens.life.${life}`)}
            </option>
          ))}
        </select>
      )}
    </Field>
    <button type="submit" class="button" data-test="token-create">
      {t('tokens.create')}
    </button>
  </form>
);
