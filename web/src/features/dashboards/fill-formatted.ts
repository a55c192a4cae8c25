import { escapeRegex, type VariableValues } from '#core/metric-query/variables.ts';

/** `$name`, `${name}`, `${name:format}` and `[[name]]`; macros begin with two underscores and are the server's. */
const VARIABLE = /\$\{(\w+)(?::(\w+))?\}|\$(\w+)|\[\[(\w+)(?::(\w+))?\]\]/g;

const alternatives = (list: readonly string[]): string => (list.length === 1 ? (list[0] ?? '') : `(${list.join('|')})`);

/** Values as each format writes them. */
export const RENDER: Readonly<Record<string, (list: readonly string[]) => string>> = {
  regex: (list) => (list.length === 0 ? '.*' : alternatives(list.map(escapeRegex))),
  pipe: (list) => list.join('|'),
  csv: (list) => list.join(','),
  glob: (list) => (list.length === 0 ? '*' : list.length === 1 ? (list[0] ?? '') : `{${list.join(',')}}`),
  raw: (list) => list.join(','),
  text: (list) => list.join(' + '),
  json: (list) => JSON.stringify(list),
  doublequote: (list) => list.map((value) => `"${value.replaceAll('"', '\\"')}"`).join(','),
  singlequote: (list) => list.map((value) => `'${value.replaceAll("'", "\\'")}'`).join(','),
  sqlstring: (list) => list.map((value) => `'${value.replaceAll("'", "''")}'`).join(','),
  percentencode: (list) => encodeURIComponent(list.join(',')),
};

/** Puts values into a text, each written by its own format or else the given one. Unknown names stay. */
export function fillFormatted(
  text: string,
  values: VariableValues,
  plain: (value: string | readonly string[]) => string | undefined,
): string {
  return text.replace(
    VARIABLE,
    (whole, braced?: string, format?: string, bare?: string, old?: string, oldFormat?: string) => {
      const value = values[braced ?? bare ?? old ?? ''];
      if (value === undefined) return whole;
      const render = RENDER[format ?? oldFormat ?? ''];
      return render === undefined ? (plain(value) ?? whole) : render(typeof value === 'string' ? [value] : value);
    },
  );
}
