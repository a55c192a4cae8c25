import { AppError } from '#core/errors.ts';
import type { Route } from '#core/route.ts';

/** Keys that could reach a prototype; refused wherever a client may name keys. */
const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype']);

/** The body as the route wants it. `contentType` and `query` matter for forms only. Throws `bad_request`. */
export function readBody(route: Route, bytes: Buffer | undefined, contentType: string, query: unknown): unknown {
  const kind = route.bodyKind ?? 'json';
  if (kind === 'bytes') return bytes ?? Buffer.alloc(0);
  if (kind === 'text') return decodeText(bytes);
  if (kind === 'form') return { ...(query as object), ...readForm(bytes, contentType) };
  return bytes === undefined || bytes.length === 0 ? undefined : parseJson(decodeText(bytes));
}

/** Form fields; a field that is repeated becomes an array of its values, as in the query string. */
export function formFields(text: string): Record<string, string | string[]> {
  const fields = Object.create(null) as Record<string, string | string[]>;
  for (const [name, value] of new URLSearchParams(text)) {
    const known = fields[name];
    if (FORBIDDEN_KEYS.has(name)) continue;
    fields[name] = known === undefined ? value : Array.isArray(known) ? [...known, value] : [known, value];
  }
  return fields;
}

function readForm(bytes: Buffer | undefined, contentType: string): object {
  if (bytes === undefined || bytes.length === 0) return {};
  const text = decodeText(bytes);
  if (!contentType.includes('json')) return formFields(text);
  const value = parseJson(text);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw new AppError('bad_request', 'the JSON body must be an object');
}

function decodeText(bytes: Buffer | undefined): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new AppError('bad_request', 'the request body is not UTF-8 text', { cause: error });
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text, (key, value: unknown) => {
      if (FORBIDDEN_KEYS.has(key)) throw new SyntaxError(`the key "${key}" is not allowed`);
      return value;
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'syntax';
    throw new AppError('bad_request', `the request body is not valid JSON: ${reason}`, { cause: error });
  }
}
