const ESCAPES: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
};
const QUOTED = /^(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|`([^`]*)`)/s;
const ESCAPED = /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{3})|(.))/gs;

/** The quoted text (Go's escapes) at the beginning of a text, and how many characters it takes; undefined: there is none. */
export function readQuoted(text: string): { readonly value: string; readonly length: number } | undefined {
  const match = QUOTED.exec(text);
  if (match === null) return undefined;
  const [{ length }, double, single, raw] = match;
  return { value: raw ?? unescaped(double ?? single ?? ''), length };
}

function unescaped(text: string): string {
  return text.replace(ESCAPED, (_, hex?: string, short?: string, long?: string, octal?: string, one?: string) => {
    const code = hex ?? short ?? long;
    if (code !== undefined) return String.fromCodePoint(Number.parseInt(code, 16));
    if (octal !== undefined) return String.fromCodePoint(Number.parseInt(octal, 8));
    const known = ESCAPES[one ?? ''];
    if (known === undefined) throw new Error(`bad escape in ${text}`);
    return known;
  });
}
