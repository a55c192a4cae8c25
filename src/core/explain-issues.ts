import type { z } from 'zod';
import { nearestName } from './nearest-name.ts';

/** One line a problem: where, what, and the nearest known key for an unknown one. */
export function explainIssues(error: z.ZodError, schema: z.ZodType): string[] {
  return error.issues.flatMap((issue) => {
    const place = issue.path.map(String).join('.');
    if (issue.code !== 'unrecognized_keys') return [`${place}: ${issue.message}`];
    const known = keysAt(schema, issue.path);
    return issue.keys.map((key) => {
      const nearest = nearestName(key, known);
      const hint = nearest === undefined ? '' : `; did you mean "${nearest}"?`;
      return `${[place, key].filter(Boolean).join('.')}: there is no such setting${hint}`;
    });
  });
}

/** The keys of the object that the schema has at a path. */
function keysAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  let at: unknown = schema;
  for (const key of path) at = typeof key === 'number' ? unwrap(at)?.def?.element : unwrap(at)?.shape?.[String(key)];
  return Object.keys(unwrap(at)?.shape ?? {});
}

type Node = {
  readonly shape?: Record<string, unknown>;
  readonly def?: { readonly innerType?: unknown; readonly element?: unknown };
};

/** The schema within optionals and defaults. */
function unwrap(schema: unknown): Node | undefined {
  let at = schema as Node | undefined;
  while (at?.def?.innerType !== undefined && at.shape === undefined) at = at.def.innerType as Node;
  return at;
}
