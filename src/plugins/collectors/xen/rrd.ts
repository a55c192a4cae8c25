import { isJsonObject, parseJson } from '#core/log-fields/parse-json.ts';
import { CollectError } from '#core/plugin/collect-error.ts';

/** The mean of one data source over the rows of an answer. */
export type RrdMean = {
  readonly kind: 'host' | 'vm';
  readonly uuid: string;
  /** As xcp-rrdd calls it: `cpu0`, `vif_0_rx`. */
  readonly name: string;
  readonly value: number;
};

/** Means of all that was recorded since the last reading, and the host's time of the last row, s. */
export type RrdUpdates = { readonly means: readonly RrdMean[]; readonly end: number };

type Rows = { readonly legend: readonly string[]; readonly rows: readonly Row[] };
type Row = { readonly t: number; readonly values: readonly unknown[] };

const ENTRY = /^AVERAGE:(host|vm):([0-9a-f-]+):(.+)$/;

/**
 * An answer of `/rrd_updates`, as JSON or XML. Means of the steps since `after`: each row is a mean itself. Of the columns
 * only averages are taken; their number in `meta` may be wrong. Throws `protocol`.
 */
export function parseRrdUpdates(text: string, after = 0): RrdUpdates {
  const { legend, rows } = text.trimStart().startsWith('<') ? fromXml(text) : fromJson(text);
  const fresh = rows.filter(({ t }) => t > after);
  const means = legend.flatMap((entry, column) => {
    const [, kind, uuid = '', name = ''] = ENTRY.exec(entry) ?? [];
    const values = fresh.map((row) => row.values[column]).filter((value) => Number.isFinite(value)) as number[];
    if ((kind !== 'host' && kind !== 'vm') || values.length === 0) return [];
    return [{ kind, uuid, name, value: values.reduce((sum, value) => sum + value, 0) / values.length } as const];
  });
  return { means, end: Math.max(after, ...rows.map(({ t }) => t)) };
}

/** Older releases write keys without quotes, and NaN. */
function fromJson(text: string): Rows {
  const quoted = text
    .replaceAll(/([{,]\s*)([a-z]\w*)\s*:/g, '$1"$2":')
    .replaceAll(/(?<=[[,]\s*)-?(?:NaN|nan|Infinity|inf)(?=\s*[\],])/g, 'null');
  const answer = parseJson(quoted);
  const meta = isJsonObject(answer) ? answer['meta'] : undefined;
  const legend = isJsonObject(meta) ? meta['legend'] : undefined;
  const data = isJsonObject(answer) ? answer['data'] : undefined;
  if (!Array.isArray(legend) || !Array.isArray(data)) throw noUpdates(text);
  const rows = data.filter(isJsonObject).map(({ t, values }): Row => {
    return { t: Number(t), values: Array.isArray(values) ? values : [] };
  });
  return { legend: legend.map(String), rows };
}

function fromXml(text: string): Rows {
  const textsOf = (tag: string, within: string): string[] =>
    [...within.matchAll(new RegExp(`<${tag}>([^<]*)</${tag}>`, 'g'))].map(([, content = '']) => content);
  const legend = textsOf('entry', text);
  if (!text.includes('<xport>')) throw noUpdates(text);
  const rows = text.split('<row>').slice(1);
  return {
    legend,
    rows: rows.map((row) => ({ t: Number(textsOf('t', row)[0]), values: textsOf('v', row).map(Number) })),
  };
}

const noUpdates = (text: string): CollectError =>
  new CollectError(
    'protocol',
    `these are no updates of xcp-rrdd; they begin with ${JSON.stringify(text.slice(0, 60))}`,
  );
