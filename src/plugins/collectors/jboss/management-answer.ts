import { CollectError } from '#core/plugin/collect-error.ts';

/** A resource of the management model, or a part of one. */
export type Resource = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Resource =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The result of an answer. Throws `protocol` for another text, `answer` with the reason for a failed operation. */
export function resultOf(text: string): unknown {
  const { outcome, result, 'failure-description': reason } = answerOf(text);
  if (outcome === 'success') return result;
  if (outcome === 'failed') {
    throw new CollectError('answer', `the management interface says: ${JSON.stringify(reason).slice(0, 200)}`);
  }
  throw notManagement(text);
}

/** The result where it is a resource; what is not there has no parts. */
export function resourceOf(text: string): Resource {
  const result = resultOf(text);
  return isObject(result) ? result : {};
}

/** The result where it is a list of names. */
export function namesOf(text: string): readonly string[] {
  const result = resultOf(text);
  return Array.isArray(result) ? result.map(String) : [];
}

/** A resource below; none where there is none. */
export function below(resource: Resource, ...path: readonly string[]): Resource {
  return path.reduce<Resource>((inner, name) => {
    const next = inner[name];
    return isObject(next) ? next : {};
  }, resource);
}

/** Resources below, by name. */
export function children(resource: Resource): readonly (readonly [name: string, child: Resource])[] {
  return Object.entries(resource).flatMap(([name, child]) => (isObject(child) ? [[name, child] as const] : []));
}

/** A number, which EAP 6 writes as text. */
export function numberOf(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

function answerOf(text: string): Resource {
  try {
    const parsed = JSON.parse(text) as unknown;
    if (isObject(parsed)) return parsed;
  } catch {
    // Told below.
  }
  throw notManagement(text);
}

function notManagement(text: string): CollectError {
  const begin = JSON.stringify(text.slice(0, 60));
  return new CollectError('protocol', `this is no answer of a management interface; it begins with ${begin}`);
}
