// The contract as a document: valid, complete, with nothing in it that is not so.
import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, test } from 'vitest';
import { app, contract } from '../worker/api/index.ts';

const document = JSON.parse(JSON.stringify(contract()));
interface Operation {
  operationId?: string;
  summary?: string;
  tags?: string[];
  security?: Record<string, string[]>[];
  parameters?: {
    name: string;
    in: string;
    description?: string;
    required?: boolean;
    example?: unknown;
    schema: { example?: unknown };
  }[];
  responses: Record<string, { description?: string; content?: Record<string, { schema?: object }> }>;
}
const operations = Object.entries(document.paths as Record<string, Record<string, Operation>>).flatMap(
  ([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
);

test('it is valid OpenAPI 3.1', async () => {
  const result = await new Validator().validate(structuredClone(document));
  expect(result.errors ?? []).toEqual([]);
  expect([result.valid, document.openapi]).toEqual([true, '3.1.0']);
});

test('the validator would say so if it were not', async () => {
  const broken = structuredClone(document);
  broken.paths['/v1/metrics'].get.parameters[0].in = 'nowhere';
  expect((await new Validator().validate(broken)).valid).toBe(false);
});

test('it describes every route but those of the commands, of sign-in and of files', () => {
  const hidden = /^\/(v1\/operator\/|auth\/|s\/|assets\/|docs$)/;
  const routes = app.routes
    .filter(({ method, path }) => method !== 'ALL' && !hidden.test(path))
    .map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`);
  const described = operations.map(({ path, method }) => `${method.toUpperCase()} ${path}`);
  expect(new Set(described)).toEqual(new Set(routes));
  expect(described.length).toBeGreaterThan(17);
});

describe.each(operations)('$method $path', ({ path, operation }) => {
  test('says what it is, what it takes and who may ask', () => {
    expect(operation.summary).toMatch(/\w/);
    expect(document.tags.map(({ name }: { name: string }) => name)).toContain(operation.tags?.[0]);
    expect(operation.security).toBeDefined();
    for (const { name, description } of operation.parameters ?? [])
      if (name !== 'id') expect([name, description]).toEqual([name, expect.any(String)]);
    for (const parameter of operation.parameters ?? [])
      if (parameter.required) expect([parameter.name, parameter.schema.example]).not.toContain(undefined);
    // Pages and Stripe have no credential with a quota.
    if (path.startsWith('/v1/') && !/^\/v1\/(events$|stripe\/)/.test(path))
      expect(Object.keys(operation.responses)).toEqual(expect.arrayContaining(['401', '403', '422', '429']));
    for (const [status, { content }] of Object.entries(operation.responses))
      for (const { schema } of Object.values(content ?? {}))
        expect([status, schema]).not.toContain(undefined);
  });
});
