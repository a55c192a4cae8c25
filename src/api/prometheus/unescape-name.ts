const PREFIX = 'U__';

/**
 * A label name as it stands in a path: as it is, or `U__` and the name with `_` doubled and every other character as
 * `_<hex>_` (Prometheus, "UTF-8 support": values escaping). What is not well formed stays as it came.
 */
export function unescapeName(text: string): string {
  if (!text.startsWith(PREFIX)) return text;
  const body = text.slice(PREFIX.length);
  if (!/^([A-Za-z0-9:]|__|_[0-9a-fA-F]{1,6}_)*$/.test(body)) return text;
  return body.replace(/__|_([0-9a-fA-F]{1,6})_/g, (_, hex: string | undefined) => {
    if (hex === undefined) return '_';
    const code = Number.parseInt(hex, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
  });
}
