// Makes the next migration from schema.ts: npx drizzle-kit generate --config worker/store/drizzle.config.ts
import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'sqlite',
  schema: ['./worker/store/schema.ts', './worker/store/schema-stores.ts', './worker/store/accounts.ts'],
  out: './worker/store/migrations',
});
