// The chat in the corner. Opening it asks nothing; the first message of a conversation is an inquiry.
import { element } from './element.js';

const KEY = 'halfmoon.chat';
/** Milliseconds until the shop "answers". */
const ANSWER_AFTER = 900;
const GREETING = 'Hello! Ask us about brewing, sizes or an order.';
const ANSWER =
  'Thank you for asking! This is a demo shop, so this is a canned answer. ' +
  'In a real one, somebody who drinks a lot of tea would write back now.';

function readMessages() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? '[]');
  } catch {
    return [];
  }
}

const writeMessages = (messages) => sessionStorage.setItem(KEY, JSON.stringify(messages));

const log = element('div', { class: 'chat-log', role: 'log', 'aria-label': 'Messages', tabindex: '0' });
const text = element('input', {
  id: 'chat-text',
  name: 'text',
  required: '',
  maxlength: '300',
  autocomplete: 'off',
  placeholder: 'Write a message',
  'data-test': 'chat-text',
});
const form = element(
  'form',
  { class: 'chat-form' },
  element('label', { for: 'chat-text', class: 'unseen' }, 'Your message'),
  text,
  element('button', { class: 'button', 'data-test': 'chat-send' }, 'Send'),
);
const restart = element(
  'button',
  { type: 'button', class: 'chat-restart', 'data-test': 'chat-restart' },
  'New conversation',
);
const close = element(
  'button',
  { type: 'button', class: 'chat-close', 'aria-label': 'Close the chat', 'data-test': 'chat-close' },
  '×',
);
const panel = element(
  'section',
  { id: 'chat', class: 'chat', 'aria-label': 'Chat with the shop', hidden: '' },
  element(
    'header',
    {},
    element(
      'div',
      {},
      element('h2', {}, 'Ask Halfmoon'),
      element('p', {}, 'Demo shop: the answers are canned'),
    ),
    close,
  ),
  log,
  restart,
  form,
);
const bubble = element(
  'button',
  {
    type: 'button',
    class: 'chat-bubble',
    'aria-expanded': 'false',
    'aria-controls': 'chat',
    'data-test': 'chat-open',
  },
  element('img', { src: 'pictures/chat.svg', alt: '', width: 22, height: 22 }),
  'Chat',
);

function line(message) {
  const who = message.from === 'shop' ? 'Halfmoon: ' : 'You: ';
  return element(
    'p',
    { class: `chat-line from-${message.from}`, 'data-test': `chat-from-${message.from}` },
    element('span', { class: 'unseen' }, who),
    message.text,
  );
}

function showMessages() {
  const messages = readMessages();
  log.replaceChildren(...[{ from: 'shop', text: GREETING }, ...messages].map(line));
  log.scrollTop = log.scrollHeight;
  restart.hidden = messages.length === 0;
}

function answerSoon() {
  setTimeout(() => {
    const messages = readMessages();
    if (messages.at(-1)?.from !== 'visitor') return;
    writeMessages([...messages, { from: 'shop', text: ANSWER }]);
    showMessages();
  }, ANSWER_AFTER);
}

function toggle(open) {
  panel.hidden = !open;
  bubble.setAttribute('aria-expanded', String(open));
  if (!open) return bubble.focus();
  showMessages();
  text.focus();
}

bubble.addEventListener('click', () => toggle(panel.hidden));
close.addEventListener('click', () => toggle(false));
panel.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') toggle(false);
});
restart.addEventListener('click', () => {
  writeMessages([]);
  showMessages();
  text.focus();
});
form.addEventListener('submit', (event) => {
  event.preventDefault();
  const said = text.value.trim();
  if (said === '') return;
  const messages = readMessages();
  if (messages.length === 0) tundish('inquiry', { via: 'chat' });
  writeMessages([...messages, { from: 'visitor', text: said }]);
  text.value = '';
  showMessages();
  answerSoon();
});

document.body.append(panel, bubble);
// Somebody who asked and walked on to the next page still gets the answer there.
answerSoon();
