// What a section of the settings is: a heading, a sentence, a form.
import type { ComponentType } from 'preact';
import type { Store } from '../api.ts';
import type { MessageKey } from '../messages/parts.ts';

export interface SettingsSection {
  /** Its place on the page, and the end of its address: /settings#ID. */
  id: string;
  title: MessageKey;
  lead: MessageKey;
  /** Who sees it: `viewer` is everybody. */
  for: Store['role'];
  /** Begins anew with another store, so that nothing typed for one is saved in another. */
  Form: ComponentType<{ store: Store }>;
}
