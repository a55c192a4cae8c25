import { basename, dirname, extname } from 'node:path';

/**
 * Whether rotation may have given one file the name of the other: same folder, and a name that begins like the other
 * (`app.log`, `app.log.1`, `app.log-20260101.gz`, `app-20260101.log`).
 */
export function areRelated(a: string, b: string): boolean {
  return dirname(a) === dirname(b) && (begins(a, b) || begins(b, a));
}

/** What the names of a file's rotated kin begin with. */
export function stemOf(path: string): string {
  const name = basename(path);
  return name.slice(0, name.length - extname(name).length) || name;
}

function begins(original: string, other: string): boolean {
  return basename(other).startsWith(stemOf(original));
}
