// A store's members: let in by a link that is handed over, given another role, removed.
import { useState } from 'preact/hooks';
import type { Store } from '../../api.ts';
import { session } from '../../data.ts';
import { f, t } from '../../messages/index.tsx';
import type { SettingsSection } from '../section.ts';
import { useChanging } from './changing.ts';
import { Confirm } from './confirm.tsx';
import { NewMember, ROLES } from './new-member.tsx';
import {
  addMember,
  changeRole,
  linkFor,
  listMembers,
  type Member,
  type Role,
  removeMember,
} from './questions.ts';
import { MadeLink, Told } from './told.tsx';

interface RowProps {
  member: Member;
  onRole: (role: Role) => void;
  onLink: () => void;
  onRemove: () => void;
}

const Row = ({ member, onRole, onLink, onRemove }: RowProps) => {
  const { email, role, everywhere, created } = member;
  const [asked, setAsked] = useState(false);
  const own = session.value.value?.user?.email === email;
  return (
    <li class="access-row" data-test="member">
      <div>
        <b>{email}</b> {own && <span class="badge">{t('members.you')}</span>}
        <span class="access-facts">{t('members.since', { moment: f().moment(created) })}</span>
      </div>
      {everywhere ? (
        <span class="access-facts">{t('members.everywhere', { role: t(`role.${role}`) })}</span>
      ) : (
        <div class="access-acts">
          <select
            aria-label={t('members.role.of', { email })}
            value={role}
            onChange={(event) => {
              const wanted = ROLES.find((one) => one === event.currentTarget.value);
              // Until the server has agreed, it is what it was.
              event.currentTarget.value = role;
              if (wanted) onRole(wanted);
            }}
            data-test="member-role"
          >
            {ROLES.map((one) => (
              <option key={one} value={one}>
                {t(`role.${one}`)}
              </option>
            ))}
          </select>
          <button
            type="button"
            class="button"
            aria-label={t('members.link.named', { email })}
            onClick={onLink}
            data-test="member-link"
          >
            {t('members.link')}
          </button>
          <button
            type="button"
            class="button"
            aria-label={t('members.remove.named', { email })}
            onClick={() => setAsked(true)}
            data-test="member-remove"
          >
            {t('members.remove')}
          </button>
        </div>
      )}
      {asked && (
        <Confirm
          question={t(own ? 'members.remove.self' : 'members.remove.sure', { email })}
          action={t('members.remove')}
          test="member-remove"
          onYes={() => {
            setAsked(false);
            onRemove();
          }}
          onNo={() => setAsked(false)}
        />
      )}
    </li>
  );
};

const Form = ({ store }: { store: Store }) => {
  const members = useChanging<Member>('members', () => listMembers(store.id));
  const [made, setMade] = useState<{ email: string; link: string } | null>(null);
  const add = (email: string, role: Role) =>
    members.run(async () => {
      const { link } = await addMember({ store: store.id, email, role });
      setMade({ email, link });
      return null;
    });
  const renew = ({ id, email }: Member) =>
    members.run(async () => {
      setMade({ email, link: await linkFor(store.id, id) });
      return null;
    });
  const change = ({ id, email }: Member, role: Role) =>
    members.run(async () => {
      await changeRole(store.id, id, role);
      return t('members.changed', { email, role: t(`role.${role}`) });
    });
  const remove = ({ id, email }: Member) =>
    members.run(async () => {
      await removeMember(store.id, id);
      return t('members.removed', { email });
    });
  return (
    <div data-test="members">
      {made !== null && (
        <MadeLink
          lead={t('members.handover', { email: made.email })}
          link={made.link}
          test="member-made"
          onDone={() => setMade(null)}
        />
      )}
      <Told failure={members.failure} said={members.said} test="members" onRetry={members.again} />
      <ul class="access-list">
        {members.all?.map((member) => (
          <Row
            key={`${member.id} ${member.everywhere}`}
            member={member}
            onRole={(role) => void change(member, role)}
            onLink={() => void renew(member)}
            onRemove={() => void remove(member)}
          />
        ))}
      </ul>
      <NewMember onAdd={add} />
    </div>
  );
};

export const membersSection: SettingsSection = {
  id: 'members',
  title: 'members.title',
  lead: 'members.lead',
  for: 'owner',
  Form,
};
