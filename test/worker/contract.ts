// Holds every answer of the Worker's tests to the document: its status, its type, its schema, and not a field more.
import { type Schema, Validator } from '@cfworker/json-schema';
import { contract } from '../../worker/api/index.ts';

type Answers = Record<string, { content?: Record<string, { schema: Schema }> }>;
interface Described {
  method: string;
  path: RegExp;
  responses: Answers;
  name: string;
}

/** Objects that have what they name and nothing else; where several schemas describe one, each may have some of it. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const inner = Object.fromEntries(Object.entries(schema).map(([name, value]) => [name, closed(value)]));
  if ('allOf' in inner || !('properties' in inner) || 'additionalProperties' in inner) return inner;
  return { ...inner, additionalProperties: false };
}

const document = JSON.parse(JSON.stringify(contract()));
const components = closed(document.components);
const described: Described[] = [];
for (const [path, methods] of Object.entries(
  document.paths as Record<string, Record<string, { responses: Answers }>>,
))
  for (const [method, { responses }] of Object.entries(methods))
    described.push({
      method: method.toUpperCase(),
      path: new RegExp(`^${path.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[^/]+')}$`),
      responses,
      name: `${method} ${path}`,
    });

const validators = new Map<Schema, Validator>();
function validatorOf(schema: Schema): Validator {
  let validator = validators.get(schema);
  if (!validator) {
    validator = new Validator({ ...(closed(schema) as Schema), components } as Schema, '2020-12');
    validators.set(schema, validator);
  }
  return validator;
}

/** @throws where an answer to a documented route is not what the document says. */
export async function expectDocumented(method: string, pathname: string, response: Response): Promise<void> {
  const route = described.find((one) => one.method === method && one.path.test(pathname));
  if (!route) return;
  const answer = route.responses[response.status];
  const where = `${route.name}: ${response.status}`;
  // What nobody can foresee has a status of its own.
  if (!answer) {
    if (response.status === 500) return;
    throw new Error(`${where} is not in the document.`);
  }
  if (!answer.content) return;
  const [type] = (response.headers.get('content-type') ?? '').split(';');
  const schema = answer.content[type ?? '']?.schema;
  if (!schema) throw new Error(`${where} is ${type}, which is not in the document.`);
  if (!type?.endsWith('json') || type.endsWith('ndjson')) return;
  const { valid, errors } = validatorOf(schema).validate(await response.clone().json());
  if (!valid) throw new Error(`${where} is not as documented: ${JSON.stringify(errors.slice(-3))}`);
}
