// The chat widgets, a row each: what their documented interface says when the customer first writes.
import type { InquiryWay } from '../../event.ts';

/** What a vendor's callback gets. Only who wrote or what kind of form it was is looked at, never a text. */
type Given = Record<string, unknown> | undefined;

/** Whether this one is the customer's; absent where the event itself says so. */
type Counts = (given: Given) => boolean;

/** LiveChat's own pages give what it hands over now as the value, now as an object with it. */
const is =
  (name: string, value: string): Counts =>
  (given) =>
    (given?.[name] ?? given) === value;

/** Events that the widget dispatches by itself: nothing needs to be there for them yet. */
export const DISPATCHED: [target: EventTarget, name: string, via?: InquiryWay, counts?: Counts][] = [
  // Tawk.to. Its chat can be started by an agent, too, so the message counts.
  [window, 'tawkChatMessageVisitor'],
  [window, 'tawkOfflineSubmit', 'form'],
  // Tidio. Its conversation can be started by a bot, too.
  [document, 'tidioChat-messageFromVisitor'],
  // Chatwoot. 0 is incoming: the customer's. Its start of a conversation is a click that opens the form.
  [window, 'chatwoot:on-message', 'chat', (given) => (given?.detail as Given)?.message_type === 0],
];

/**
 * Widgets that are asked to call back: the global and the arguments before the callback. A global that is a
 * function is called itself, of any other its `on`.
 */
export const ASKED: [global: string, args: string[], via?: InquiryWay, counts?: Counts][] = [
  ['LiveChatWidget', ['customer_status_changed'], 'chat', is('status', 'chatting')],
  // The forms before and after a chat are part of it; a ticket is left while nobody is there.
  ['LiveChatWidget', ['form_submitted'], 'form', is('type', 'ticket')],
  ['HubSpotConversations', ['conversationStarted']],
  ['zE', ['messenger:on', 'conversationStarted']],
  // Intercom says nothing of conversations; who leaves an address in it has asked something.
  ['Intercom', ['onUserEmailSupplied']],
  ['drift', ['startConversation']],
  ['olark', ['api.chat.onMessageToOperator']],
  ['fcWidget', ['message:sent']],
  ['smartsupp', ['on', 'message_sent']],
  ['Beacon', ['on', 'chat-started']],
  ['Beacon', ['on', 'email-sent'], 'email'],
];
