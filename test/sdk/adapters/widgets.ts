// Chat widgets as their documented interfaces have them, a row each, to be played in a page.
import type { InquiryWay } from '../../../sdk/event.ts';

export interface Widget {
  name: string;
  via: InquiryWay;
  /** What stands in the page before the widget comes: its stub, and what the shop registers with it. */
  page?: string;
  /** The widget's own script. It leaves `play`: what the customer and the agent do. */
  script: string;
  /** What the shop registers once the widget is there. */
  afterwards?: string;
}

/** An emitter like those of the widgets: any number of handlers for an event. */
const EMITTER = `
  const handlers = {};
  const on = (name, handler) => { (handlers[name] ||= []).push(handler) };
  const emit = (name, data) => { for (const handler of handlers[name] || []) handler(data) };
`;

const script = (code: string): string => `(() => { ${EMITTER} ${code} })()`;

/** What a customer writes. It must never be seen again. */
const TEXT = "'SECRET mia@shop.example'";

/** A widget that dispatches events by itself. `send` is how: play.open and so on send what they are given. */
const dispatching = (
  target: string,
  open: string[],
  agent: [string, string?][],
  customer: [string, string?],
) => {
  const send = ([name, detail = TEXT]: [string, string?]) =>
    `${target}.dispatchEvent(new CustomEvent('${name}', { detail: ${detail} }));`;
  return {
    page: `${target}.addEventListener('${customer[0]}', heard)`,
    script: script(`window.play = {
      open() { ${open.map((name) => send([name])).join('')} },
      agent() { ${agent.map(send).join('')} },
      write() { ${send(customer)} },
    }`),
  };
};

/** A widget whose global is a function that takes commands, queued by the page's stub until it comes. */
const commanded = (global: string, command: string, open: string, agent: string, customer: string) => ({
  page: `window.${global} = function () { (window.${global}.q ||= []).push(arguments) }; ${command}`,
  script: script(`
    const { q } = window.${global} ?? {};
    window.${global} = (...given) => {
      const handler = given.pop();
      on(given.filter((word) => word !== 'on' && word !== 'messenger:on').join(), handler);
    };
    for (const command of q ?? []) window.${global}(...command);
    window.play = {
      open() { emit('${open}') },
      agent() { emit('${agent}', { message: { body: ${TEXT} } }) },
      write() { emit('${customer}', { message: { body: ${TEXT} } }) },
    }`),
});

export const WIDGETS: Widget[] = [
  {
    name: 'Tawk.to',
    via: 'chat',
    ...dispatching(
      'window',
      ['tawkLoad', 'tawkChatMaximized'],
      [['tawkChatStarted'], ['tawkChatMessageAgent'], ['tawkChatMessageSystem']],
      ['tawkChatMessageVisitor'],
    ),
  },
  {
    name: 'Tawk.to, its offline form',
    via: 'form',
    ...dispatching(
      'window',
      ['tawkChatMaximized'],
      [['tawkChatMessageAgent']],
      ['tawkOfflineSubmit', `{ name: 'SECRET', email: ${TEXT}, message: ${TEXT}, questions: [] }`],
    ),
  },
  {
    name: 'Tidio',
    via: 'chat',
    ...dispatching(
      'document',
      ['tidioChat-ready', 'tidioChat-open'],
      [['tidioChat-conversationStart'], ['tidioChat-messageFromOperator']],
      ['tidioChat-messageFromVisitor'],
    ),
  },
  {
    name: 'Chatwoot',
    via: 'chat',
    ...dispatching(
      'window',
      ['chatwoot:ready', 'chatwoot:opened', 'chatwoot:on-start-conversation'],
      // 1 is outgoing, 2 what the widget itself says, 3 a template.
      [1, 2, 3].map((type) => ['chatwoot:on-message', `{ message_type: ${type}, content: ${TEXT} }`]),
      ['chatwoot:on-message', `{ message_type: 0, content: ${TEXT} }`],
    ),
  },
  {
    name: 'Crisp',
    via: 'chat',
    page: 'window.$crisp = []',
    // One handler an event: the last.
    script: `(() => {
      const handlers = {};
      const push = (...calls) => {
        for (const [action, name, handler] of calls) if (action === 'on') handlers[name] = handler;
      };
      push(...(window.$crisp ?? []));
      window.$crisp = { push };
      const say = (name) => handlers[name]?.({ content: ${TEXT}, from: 'user' });
      window.play = {
        open() { say('chat:opened'); say('chat:initiated') },
        agent() { say('message:received') },
        write() { say('message:sent') },
      };
    })()`,
    afterwards: "$crisp.push(['on', 'message:sent', heard])",
  },
  {
    name: 'LiveChat',
    via: 'chat',
    page: `window.LiveChatWidget = { _q: [], on(...given) { this._q.push(given) } };
      LiveChatWidget.on('customer_status_changed', heard)`,
    script: script(`
      for (const given of window.LiveChatWidget?._q ?? []) on(...given);
      window.LiveChatWidget = { on };
      window.play = {
        open() { emit('visibility_changed', { visibility: 'maximized' }) },
        agent() {
          emit('new_event', { type: 'message', author: { type: 'agent' } });
          emit('form_submitted', { type: 'prechat' });
          emit('form_submitted', { type: 'postchat' });
        },
        write() { emit('customer_status_changed', { status: 'chatting' }) },
      }`),
  },
  {
    name: 'LiveChat, its ticket form',
    via: 'form',
    script: script(`
      window.LiveChatWidget = { on };
      window.play = {
        open() { emit('customer_status_changed', { status: 'invited' }) },
        agent() { emit('customer_status_changed', { status: 'queued' }) },
        write() { emit('form_submitted', { type: 'ticket' }) },
      }`),
    afterwards: "LiveChatWidget.on('form_submitted', heard)",
  },
  {
    name: 'HubSpot',
    via: 'chat',
    page: "window.hsConversationsOnReady = [() => HubSpotConversations.on('conversationStarted', heard)]",
    script: script(`
      window.HubSpotConversations = { on };
      for (const ready of window.hsConversationsOnReady ?? []) ready();
      window.play = {
        open() { emit('widgetLoaded') },
        agent() { emit('unreadConversationCountChanged', { unreadCount: 1 }) },
        write() { emit('conversationStarted', { conversation: { conversationId: 1 } }) },
      }`),
  },
  {
    name: 'Zendesk',
    via: 'chat',
    ...commanded(
      'zE',
      "zE('messenger:on', 'conversationStarted', heard)",
      'open',
      'unreadMessages',
      'conversationStarted',
    ),
  },
  {
    name: 'Intercom',
    via: 'chat',
    ...commanded(
      'Intercom',
      "Intercom('onUserEmailSupplied', heard)",
      'onShow',
      'onUnreadCountChange',
      'onUserEmailSupplied',
    ),
  },
  {
    name: 'Drift',
    via: 'chat',
    page: 'window.drift = []; drift.on = (...given) => drift.push(given); drift.on("startConversation", heard)',
    script: script(`
      for (const given of window.drift ?? []) on(...given);
      window.drift = { on };
      window.play = {
        open() { emit('ready'); emit('chatOpen') },
        agent() { emit('message', { conversationId: 1 }) },
        write() { emit('startConversation', { conversationId: 1 }); emit('message:sent', { data: ${TEXT} }) },
      }`),
  },
  {
    name: 'Jivo',
    via: 'chat',
    page: 'function jivo_onMessageSent() { heard() }',
    script: script(`
      window.jivo_api = {};
      window.play = {
        open() { window.jivo_onOpen?.() },
        agent() { window.jivo_onAccept?.(); window.jivo_onMessageReceived?.(${TEXT}) },
        write() { window.jivo_onMessageSent?.(${TEXT}) },
      }`),
  },
  {
    name: 'Olark',
    via: 'chat',
    ...commanded(
      'olark',
      "olark('api.chat.onMessageToOperator', heard)",
      'api.box.onExpand',
      'api.chat.onMessageToVisitor',
      'api.chat.onMessageToOperator',
    ),
  },
  {
    name: 'Freshchat',
    via: 'chat',
    script: script(`
      window.fcWidget = { on };
      window.play = {
        open() { emit('widget:loaded'); emit('widget:opened') },
        agent() { emit('message:received', { message: ${TEXT} }) },
        write() { emit('message:sent', { message: ${TEXT} }) },
      }`),
    afterwards: "fcWidget.on('message:sent', heard)",
  },
  {
    name: 'Smartsupp',
    via: 'chat',
    ...commanded(
      'smartsupp',
      "smartsupp('on', 'message_sent', heard)",
      'rendered',
      'message_received',
      'message_sent',
    ),
  },
  {
    name: 'Help Scout',
    via: 'chat',
    ...commanded('Beacon', "Beacon('on', 'chat-started', heard)", 'open', 'chat-ended', 'chat-started'),
  },
  {
    name: 'Help Scout, its e-mail form',
    via: 'email',
    ...commanded('Beacon', "Beacon('on', 'email-sent', heard)", 'open', 'article-viewed', 'email-sent'),
  },
];
