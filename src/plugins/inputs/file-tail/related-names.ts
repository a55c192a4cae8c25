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

/** What rotation puts behind a name (`.1`, `-20260101`, `.2026-01-01`, `.old`), packed or not; a date before its ending. */
const BEHIND = /^(?:[._-]\d[\d._:T-]*|\.old)(?:\.gz)?$/;
const DATE_BEFORE = /^[._-]\d{4}-?\d\d-?\d\d[\d._:T-]*$/;

/** Whether a path is surely one that rotation gave a file of the other path. */
export function isRotated(path: string, origin: string): boolean {
  if (path.startsWith(origin)) return BEHIND.test(path.slice(origin.length));
  const { folder, name, stem } = rotatedName(origin);
  const ending = name.slice(stem.length);
  const other = rotatedName(path);
  if (ending === '' || other.folder !== folder || !other.name.startsWith(stem)) return false;
  const [middle, rest] = splitOnce(other.name.slice(stem.length), ending);
  return (rest === '' || rest === '.gz') && DATE_BEFORE.test(middle);
}

function splitOnce(text: string, by: string): readonly [string, string | undefined] {
  const at = text.indexOf(by);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + by.length)];
}

/** Whether a name is one that rotation makes of a stem. */
export function hasStem(name: string, stem: string): boolean {
  return name.startsWith(stem) && !GOES_ON.test(name.charAt(stem.length));
}
