/** How much a query may be: characters, levels of expressions in expressions, operators and brackets. */
export const MAX_LENGTH = 65_536;
export const MAX_DEPTH = 1_000;
const MAX_SIGNS = 10_000;

const SKIPPED = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`[^`]*`|#[^\n]*/g;
const SIGN = /[-+*/%^([{)\]}]|\b(?:and|or|unless)\b/gi;
const SIGNED = new RegExp(`(?:[-+]\\s*){${MAX_DEPTH + 1}}`);

/** Where a text is too much to be read, and why, found without reading it: the grammar takes long for such texts. */
export function sizeProblem(text: string): { readonly at: number; readonly reason: string } | undefined {
  if (text.length > MAX_LENGTH) return { at: 0, reason: `query is longer than ${MAX_LENGTH} characters` };
  const plain = text.replace(SKIPPED, (part) => ' '.repeat(part.length));
  const tooDeep = `query is nested deeper than ${MAX_DEPTH}`;
  let depth = 0;
  let signs = 0;
  for (const { 0: sign, index } of plain.matchAll(SIGN)) {
    if (sign === '(' || sign === '[' || sign === '{') depth++;
    else if (sign === ')' || sign === ']' || sign === '}') depth--;
    if (depth > MAX_DEPTH) return { at: index, reason: tooDeep };
    signs++;
    if (signs > MAX_SIGNS) return { at: index, reason: `query has more than ${MAX_SIGNS} operators and brackets` };
  }
  const signed = SIGNED.exec(plain);
  return signed === null ? undefined : { at: signed.index + MAX_DEPTH, reason: tooDeep };
}
