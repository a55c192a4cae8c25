import type { SqlTableHelp } from '#core/api/text-query.ts';

/** What may be written at a place of a statement. */
export type SqlPlace =
  | { readonly kind: 'tables' }
  /** The columns of these tables; with `isQualified` nothing else. */
  | { readonly kind: 'columns'; readonly tables: readonly SqlTableHelp[]; readonly isQualified: boolean }
  /** Inside of a text or a comment. */
  | { readonly kind: 'nothing' };

const PARTS = /'(?:[^'\\]|\\.|'')*'|--[^\n]*\n|\/\*[\s\S]*?\*\//g;
const OPEN = /'(?:[^'\\]|\\.|'')*$|--[^\n]*$|\/\*[\s\S]*$/;
const TABLE = /\b(?:from|join)\s+(?:nocmate\.)?(\w+)(?:\s+(?:as\s+)?(\w+))?/gi;

/** Tells what fits before `position`, where a word may have been begun; `tables` are those that can be read. */
export function sqlPlace(text: string, position: number, tables: readonly SqlTableHelp[]): SqlPlace {
  const before = blanked(text.slice(0, position));
  if (OPEN.test(before)) return { kind: 'nothing' };
  if (/\b(?:from|join)\s+(?:nocmate\.)?\w*$/i.test(before)) return { kind: 'tables' };
  const used = usedTables(blanked(text), tables);
  const owner = /(\w+)\.\w*$/.exec(before)?.[1];
  if (owner === undefined) {
    const named = [...new Set(used.values())];
    return { kind: 'columns', tables: named.length === 0 ? tables : named, isQualified: false };
  }
  const table = used.get(owner.toLowerCase());
  return { kind: 'columns', tables: table === undefined ? [] : [table], isQualified: true };
}

/** The tables that a statement reads, by name and by alias. */
function usedTables(code: string, tables: readonly SqlTableHelp[]): Map<string, SqlTableHelp> {
  const used = new Map<string, SqlTableHelp>();
  for (const [, name = '', alias = ''] of code.matchAll(TABLE)) {
    const table = tables.find((one) => one.name === name.toLowerCase());
    if (table === undefined) continue;
    for (const key of [name, alias]) if (key !== '') used.set(key.toLowerCase(), table);
  }
  return used;
}

/** The text with its whole texts and comments blank, everything else where it was. */
const blanked = (text: string): string => text.replace(PARTS, (part) => ' '.repeat(part.length));
