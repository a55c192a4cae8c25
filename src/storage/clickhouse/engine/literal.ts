/** Types whose text has escapes of its own, as a whole value: all others carry them inside of quotes. */
const TEXT_TYPE = /^(?:Nullable\(|LowCardinality\()*(?:String|FixedString|Enum8|Enum16|Identifier)\b/;

const ESCAPES: Readonly<Record<string, string>> = {
  b: '\b',
  f: '\f',
  r: '\r',
  n: '\n',
  t: '\t',
  '0': '\0',
  a: '\x07',
  v: '\v',
};

/**
 * The SQL of a query parameter. `raw` is the value as the HTTP interface carries it (TabSeparated format), `type` the
 * type of its placeholder. Both stand in it as string literals only, and the engine itself parses them. Maps are not
 * taken: the engine has no cast for them.
 */
export function renderParameter(raw: string, type: string): string {
  const name = quoteText(type);
  if (raw === '\\N' && type.startsWith('Nullable(')) return `CAST(NULL, ${name})`;
  const text = TEXT_TYPE.test(type) ? unescapeTabSeparated(raw) : raw;
  if (type === 'Identifier') return quoteIdentifier(text);
  return type === 'String' ? quoteText(text) : `CAST(${quoteText(text)}, ${name})`;
}

/** A string literal of ClickHouse: nothing in it ends it. */
export function quoteText(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&').replaceAll('\0', '\\0')}'`;
}

/** A quoted name. */
export function quoteIdentifier(name: string): string {
  return `\`${name.replace(/[\\`]/g, '\\$&').replaceAll('\0', '\\0')}\``;
}

/** Undoes the escapes of the TabSeparated format (docs: interfaces/formats/TabSeparated). */
function unescapeTabSeparated(raw: string): string {
  return raw.replace(/\\(.)/gs, (_whole, mark: string) => ESCAPES[mark] ?? mark);
}
