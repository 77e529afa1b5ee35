// No piece of personal data gets past any of the doors: pages, servers, Stripe's webhook and the import.
import { env } from 'cloudflare:workers';
import { expect, test } from 'vitest';
import type { Answer } from '../../sdk/event.ts';
import { PIECES } from '../collect/personal/pieces.ts';
import { kindOf, leaksIn, scattered } from '../collect/personal/scattered.ts';
import { ask, batch, createStore, importEvents, post, sale } from './shop.ts';
import { confirm, createSecret, stripe } from './signed/sender.ts';
