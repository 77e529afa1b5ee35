// The page's entry: styles, the language's texts, then the app and what runs by itself.
import './styles/tokens.css';
import './styles/page.css';
import { render } from 'preact';
import { App } from './app.tsx';
import { run, start } from './data.ts';
import { loadTexts } from './messages/texts.ts';
import { listenToKeys } from './shortcuts/keys.ts';

const root = document.getElementById('app');
if (root === null) throw new Error('index.html lacks its #app element.');

run();
listenToKeys();
// Asked at once: the answer travels while the texts do.
const started = start();
try {
  await loadTexts('main');
  render(<App />, root);
} catch (error) {
  // Without texts there is nothing to draw with; index.html has a sentence for it in each language.
  document.getElementById('unloaded')?.removeAttribute('hidden');
  console.error(error);
}
await started;
