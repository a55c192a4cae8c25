const ESCAPE = /\\(?:([rnt0\\])|x([0-9a-fA-F]{2}))/g;
const CHARACTERS: Readonly<Record<string, string>> = { r: '\r', n: '\n', t: '\t', '0': '\0', '\\': '\\' };

/** A text with its `\r`, `\n`, `\t`, `\0`, `\\` and `\x1f` replaced by what they stand for. */
export function unescaped(text: string): string {
  return text.replace(ESCAPE, (_, name: string | undefined, hex: string | undefined) =>
    name === undefined ? String.fromCharCode(Number.parseInt(hex ?? '', 16)) : (CHARACTERS[name] ?? ''),
  );
}
