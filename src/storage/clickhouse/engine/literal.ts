/** Types whose names may stand in a `{name:Type}`: letters, digits, brackets, commas, quoted time zones. */
const TYPE_NAME = /^[A-Za-z][\w(), '/+-]*$/;

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
 * The SQL of a query parameter. `raw` is the value as the HTTP interface carries it (TabSeparated escapes), `type` the
 * type of its placeholder. Throws SyntaxError for a type that is none.
 */
export function renderParameter(raw: string, type: string): string {
  if (!TYPE_NAME.test(type)) throw new SyntaxError(`"${type}" is not the type of a query parameter`);
  if (type === 'Identifier') return quoteIdentifier(unescapeTabSeparated(raw));
  if (raw === '\\N' && type.startsWith('Nullable(')) return `CAST(NULL AS ${type})`;
  const text = quoteText(unescapeTabSeparated(raw));
  return type === 'String' ? text : `CAST(${text} AS ${type})`;
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
