// Every test file of the Worker starts with the tables and nothing in them.
import { applyD1Migrations, env } from 'cloudflare:test';

await applyD1Migrations(env.DB, env.MIGRATIONS);
