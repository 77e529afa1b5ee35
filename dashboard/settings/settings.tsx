// The settings: one page of sections under each other, with a list of them beside it.
import { useEffect, useState } from 'preact/hooks';
import { getStore, type Store } from '../api.ts';
import { visible } from '../asking.ts';
import { learn } from '../data.ts';
import { t } from '../messages/index.tsx';
import type { SettingsSection } from './section.ts';
import { SECTIONS } from './sections.ts';
import './settings.css';

/** Who may do more comes first. */
const ROLES: readonly Store['role'][] = ['owner', 'editor', 'viewer'];
const shownTo = (role: Store['role']) =>
  SECTIONS.filter((section) => ROLES.indexOf(role) <= ROLES.indexOf(section.for));

/** How often a store that is counted anew is asked whether that is done. */
const RECOUNT_MS = 5_000;

/** Takes note of the end of a recount; what is typed into the forms stays. */
const useRecount = ({ id, recounting }: Store): void => {
  const seen = visible.value;
  useEffect(() => {
    if (!recounting || !seen) return;
    // The next one asks again.
    const timer = setInterval(() => void getStore(id).then(learn, () => {}), RECOUNT_MS);
    return () => clearInterval(timer);
  }, [id, recounting, seen]);
};

/** The part of the window, from its top, in which a section counts as the one that is read. */
const READ = '-90px 0px -60% 0px';

/** The section that is being read: the first of those in sight. */
const useCurrent = (sections: readonly SettingsSection[]): string | null => {
  const [current, setCurrent] = useState<string | null>(null);
  const ids = sections.map(({ id }) => id).join(' ');
  useEffect(() => {
    const inSight = new Set<string>();
    const observer = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries)
          if (isIntersecting) inSight.add(target.id);
          else inSight.delete(target.id);
        setCurrent(ids.split(' ').find((id) => inSight.has(id)) ?? null);
      },
      { rootMargin: READ },
    );
    for (const id of ids.split(' ')) {
      const section = document.getElementById(id);
      if (section !== null) observer.observe(section);
    }
    return () => observer.disconnect();
  }, [ids]);
  return current;
};

/** An address that names a section was followed before there was one. */
const useArrival = (): void => {
  useEffect(() => {
    if (location.hash.length > 1) document.getElementById(location.hash.slice(1))?.scrollIntoView();
  }, []);
};

const Part = ({ section, store }: { section: SettingsSection; store: Store }) => {
  const { id, title, lead, Form } = section;
  return (
    <section
      id={id}
      class="panel settings-section"
      aria-labelledby={`${id}-title`}
      data-test={`section-${id}`}
    >
      {/* Led to from the list, and where the focus goes when what had it is gone. */}
      <h2 id={`${id}-title`} tabIndex={-1}>
        {t(title)}
      </h2>
      <p>{t(lead)}</p>
      <Form key={store.id} store={store} />
    </section>
  );
};

const List = ({ sections }: { sections: readonly SettingsSection[] }) => {
  const current = useCurrent(sections);
  return (
    <nav class="settings-list" aria-label={t('settings.list')}>
      <ul>
        {sections.map(({ id, title }) => (
          <li key={id}>
            <a href={`#${id}`} aria-current={id === current ? 'true' : undefined} data-test={`to-${id}`}>
              {t(title)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
};

export const Settings = ({ store }: { store: Store }) => {
  const sections = shownTo(store.role);
  useRecount(store);
  useArrival();
  return (
    <>
      <h1 class="settings-title">{t('settings.view.title', { store: store.name })}</h1>
      <p class="recounting" role="status" data-test="recounting">
        {store.recounting && t('settings.recounting')}
      </p>
      {sections.length === 0 ? (
        <p class="lead">{t('settings.none')}</p>
      ) : (
        <div class="settings-page">
          <List sections={sections} />
          <div class="settings-sections">
            {sections.map((section) => (
              <Part key={section.id} section={section} store={store} />
            ))}
          </div>
        </div>
      )}
    </>
  );
};
