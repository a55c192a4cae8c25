import { dirname } from 'node:path';

/** A name as rotation sees it. */
export type RotatedName = { readonly folder: string; readonly name: string; readonly stem: string };

/** What of a name does not go on with its stem: a letter or a digit. */
const GOES_ON = /[\p{L}\p{N}]/u;

/** The parts of a path that tell its kin. */
export function rotatedName(path: string): RotatedName {
  const folder = dirname(path);
  const name = path.slice(folder === '/' ? 1 : folder.length + 1);
  const dot = name.lastIndexOf('.');
  return { folder, name, stem: dot > 0 ? name.slice(0, dot) : name };
}

/**
 * Whether rotation may have given one file the name of the other: same folder, and a name that begins like the other
 * (`app.log`, `app.log.1`, `app.log-20260101.gz`, `app-20260101.log`).
 */
export function areRelated(a: RotatedName, b: RotatedName): boolean {
  return a.folder === b.folder && (hasStem(b.name, a.stem) || hasStem(a.name, b.stem));
}

/** Whether a name is one that rotation makes of a stem. */
export function hasStem(name: string, stem: string): boolean {
  return name.startsWith(stem) && !GOES_ON.test(name.charAt(stem.length));
}
