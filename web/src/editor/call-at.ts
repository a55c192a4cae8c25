/** The call that a place in a text is in, and which argument of it, from 0. */
export type CallAt = { readonly name: string; readonly argument: number };

type Open = { readonly name: string | undefined; argument: number };

const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** The innermost call around a place (UTF-16 offset) in PromQL, Graphite or SQL; undefined outside of calls. */
export function callAt(text: string, position: number): CallAt | undefined {
  const open: Open[] = [];
  for (let at = 0; at < position; at++) {
    const sign = text.charAt(at);
    if (sign === '"' || sign === "'" || sign === '`') {
      at = endOfText(text, at);
      if (at >= position) break;
    } else if (sign in CLOSING) open.push({ name: sign === '(' ? nameBefore(text, at) : undefined, argument: 0 });
    else if (sign === ')' || sign === ']' || sign === '}') open.pop();
    else if (sign === ',') {
      const last = open.at(-1);
      if (last !== undefined) last.argument++;
    }
  }
  const call = open.findLast(({ name }) => name !== undefined);
  return call?.name === undefined ? undefined : { name: call.name, argument: call.argument };
}

function endOfText(text: string, start: number): number {
  const quote = text.charAt(start);
  for (let at = start + 1; at < text.length; at++) {
    if (text.charAt(at) === '\\' && quote !== '`') at++;
    else if (text.charAt(at) === quote) return at;
  }
  return text.length;
}

/** The word before a bracket; `sum by (a) (` belongs to `sum`, the bracket of `by` to nothing. */
function nameBefore(text: string, at: number): string | undefined {
  const before = text.slice(0, at).trimEnd();
  const grouped = /([A-Za-z_]\w*)\s+(?:by|without)\s*\([^()]*\)$/.exec(before);
  if (grouped !== null) return grouped[1];
  const word = /([A-Za-z_]\w*)$/.exec(before)?.[1];
  return word === undefined || /^(?:by|without|on|ignoring|group_left|group_right)$/.test(word) ? undefined : word;
}
