import { RE2JS } from 're2js';
import type { RewriteRule } from '../api/ingest-rules.ts';
import { AppError, messageOf } from '../errors.ts';

/** A name as a rule rewrites it; the same where the rule does not match. */
export type Rewrite = (name: string) => string;

/** A piece of a replacement: text, or what a group of the pattern has matched. */
type Piece = { readonly text: string } | { readonly group: number | string };

const PLACE = /\\(?:(\d{1,2})|g<(\w+)>|(\\))/g;

/**
 * A rule of carbon's rewrite-rules.conf: every match of the pattern becomes the replacement, in which `\1` and `\g<name>`
 * stand for groups, as in Python. RE2: linear time, no look-around. Throws `bad_request`.
 */
export function compileRewrite({ pattern, replacement }: Pick<RewriteRule, 'pattern' | 'replacement'>): Rewrite {
  const regex = compiled(pattern);
  const pieces = piecesOf(replacement);
  const names = regex.namedGroups();
  for (const piece of pieces) {
    if (!('group' in piece)) continue;
    const isThere = typeof piece.group === 'number' ? piece.group <= regex.groupCount() : piece.group in names;
    if (!isThere) throw new AppError('bad_request', `"${replacement}" names a group that "${pattern}" does not have`);
  }
  return (name) => {
    const match = regex.matcher(name);
    let [out, last] = ['', 0];
    while (match.find()) {
      out += name.slice(last, match.start());
      for (const piece of pieces) out += 'text' in piece ? piece.text : (match.group(piece.group) ?? '');
      last = match.end();
    }
    return out + name.slice(last);
  };
}

function compiled(pattern: string): RE2JS {
  try {
    return RE2JS.compile(pattern);
  } catch (cause) {
    throw new AppError('bad_request', `"${pattern}" is no regular expression of RE2: ${messageOf(cause)}`, { cause });
  }
}

function piecesOf(replacement: string): Piece[] {
  const pieces: Piece[] = [];
  let last = 0;
  for (const found of replacement.matchAll(PLACE)) {
    const [text, number, name, backslash] = found;
    pieces.push({ text: replacement.slice(last, found.index) + (backslash ?? '') });
    if (number !== undefined) pieces.push({ group: Number(number) });
    if (name !== undefined) pieces.push({ group: /^\d+$/.test(name) ? Number(name) : name });
    last = found.index + text.length;
  }
  return [...pieces, { text: replacement.slice(last) }];
}

/** The rules of a stage, one after the other; disabled ones are left out. */
export function compileRewrites(rules: readonly RewriteRule[], stage: RewriteRule['stage']): Rewrite {
  const list = rules.filter((rule) => rule.isEnabled && rule.stage === stage).map(compileRewrite);
  return (name) => list.reduce((current, rewrite) => rewrite(current), name);
}
