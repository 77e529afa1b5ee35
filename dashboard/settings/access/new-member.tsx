// The form that lets somebody in: who, and as what.
import { t } from '../../messages/index.tsx';
import { Field } from '../../parts/field.tsx';
import type { Role } from './questions.ts';

/** The least comes first, and is what a form begins with. */
export const ROLES: readonly Role[] = ['viewer', 'editor', 'owner'];

interface Props {
  /** Whether it worked: the form then begins anew. */
  onAdd: (email: string, role: Role) => Promise<boolean>;
}

export const NewMember = ({ onAdd }: Props) => (
  <form
    class="form access-new"
    onSubmit={(event) => {
      event.preventDefault();
      const form = event.currentTarget;
      if (!(form instanceof HTMLFormElement)) return;
      const filled = new FormData(form);
      const role = ROLES.find((one) => one === filled.get('role')) ?? 'viewer';
      void onAdd(String(filled.get('email') ?? '').trim(), role).then((added) => added && form.reset());
    }}
    data-test="member-new"
  >
    <h3>{t('members.new')}</h3>
    <Field id="member-email" label={t('members.email')} hint={t('members.email.hint')}>
      {(ties) => (
        <input
          {...ties}
          name="email"
          type="email"
          required
          maxLength={320}
          autocomplete="off"
          data-test="member-email"
        />
      )}
    </Field>
    <fieldset class="access-roles">
      <legend>{t('members.role')}</legend>
      {ROLES.map((role, index) => (
        <label key={role}>
          <input
            type="radio"
            name="role"
            value={role}
            defaultChecked={index === 0}
            aria-describedby={`member-role-${role}`}
            data-test={`member-role-${role}`}
          />
          <span>{t(`role.${role}`)}</span>
          <span class="hint" id={`member-role-${role}`}>
            {t(`role.${role}.is`)}
          </span>
        </label>
      ))}
    </fieldset>
    <button type="submit" class="button" data-test="member-add">
      {t('members.add')}
    </button>
  </form>
);
