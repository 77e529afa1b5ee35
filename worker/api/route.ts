// What every documented route shares: how a wrong request is refused, and how JSON is written down.
import { OpenAPIHono, type z } from '@hono/zod-openapi';
import type { AppEnv } from './access.ts';
import { invalid } from './problem.ts';

/** A set of routes whose parameters and bodies are checked before they run. */
export const routes = () =>
  new OpenAPIHono<AppEnv>({
    defaultHook: (result) => {
      if (!result.success) throw invalid(result.error);
    },
  });

/** A JSON body by its schema, in a request or an answer. */
export const json = <T extends z.ZodType>(schema: T) => ({ content: { 'application/json': { schema } } });
