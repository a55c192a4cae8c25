import { AppError } from '#core/errors.ts';
import type { VectorSelector } from '#query/promql/ast.ts';

/** The functions that know what to do with the samples around a window, by modifier; in order. */
const KNOWN_BY: Readonly<Record<NonNullable<VectorSelector['extension']>, readonly string[]>> = {
  anchored: ['changes', 'delta', 'increase', 'rate', 'resets'],
  smoothed: ['delta', 'increase', 'rate'],
};

/** Throws when a selector is `anchored` or `smoothed` for a function that cannot do with that. */
export function checkExtension({ extension }: VectorSelector, name: string): void {
  if (extension === undefined || KNOWN_BY[extension].includes(name)) return;
  const known = KNOWN_BY[extension].join(', ');
  throw new AppError('bad_query', `${extension} modifier can only be used with: ${known} - not with ${name}`);
}
