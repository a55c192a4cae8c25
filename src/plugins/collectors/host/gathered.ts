import { messageOf } from '#core/errors.ts';
import type { CollectedValue, CollectionProblem } from '#core/plugin/collector.ts';

/** What reading some sources gave. */
export type Gathered = { readonly values: CollectedValue[]; readonly problems: CollectionProblem[] };

/** An empty result to add to. */
export function nothingGathered(): Gathered {
  return { values: [], problems: [] };
}

/** A result that only says what failed. */
export function failedPart(part: string, error: unknown): Gathered {
  return { values: [], problems: [{ part, message: messageOf(error) }] };
}

/** True when the kernel, a container or our rights do not offer the file, which no later try changes. */
export function isNotOffered(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code;
  return code === 'ENOENT' || code === 'ENOTDIR' || code === 'EOPNOTSUPP' || code === 'EACCES' || code === 'EPERM';
}
