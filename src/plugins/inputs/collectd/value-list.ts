import { canonicalKey, NAME_LABEL } from '#core/model/labels.ts';
import type { SampleWriter } from '#core/plugin/input.ts';
import { dataSourceNames } from './data-sources.ts';

/** Kinds of collectd's values. */
export const VALUE_KINDS = ['counter', 'gauge', 'derive', 'absolute'] as const;
export type ValueKind = (typeof VALUE_KINDS)[number];

/** One reading of a plugin: values of the data sources of a type. Instances may be ''. */
export type ValueList = {
  readonly host: string;
  readonly plugin: string;
  readonly pluginInstance: string;
  readonly type: string;
  readonly typeInstance: string;
  /** Milliseconds; undefined: now. */
  readonly t: number | undefined;
  readonly values: readonly { readonly kind: ValueKind; readonly v: number }[];
  /** Undefined where the sender leaves them to the type. */
  readonly dataSources: readonly string[] | undefined;
};

/** Writes each value as a sample; its position is set before by the reader, one a value. */
export function writeValueList(writer: SampleWriter, list: ValueList): void {
  const { values, type, t = writer.now() } = list;
  const names = list.dataSources ?? dataSourceNames(type, values.length);
  for (const [i, { kind, v }] of values.entries()) {
    writer.position += 1;
    if (Number.isNaN(v)) {
      writer.reject('nan', `${list.plugin}/${type} has no value`);
      continue;
    }
    const key = Buffer.from(seriesKey(list, names[i] ?? String(i), kind));
    writer.sample(key, 0, key.length, t, v);
  }
}

/**
 * `collectd_<plugin>_<type>[_<data source>][_total]` as Prometheus' collectd exporter names them: plugin and type once
 * when they are equal, the plugin's instance as a label called like the plugin, the type's instance as `type`, or in the
 * place of a missing plugin instance; the host is `host`.
 */
export function seriesKey(list: Omit<ValueList, 'values' | 't'>, dataSource: string, kind: ValueKind): string {
  const { host, plugin, pluginInstance, type, typeInstance } = list;
  const parts = [
    'collectd',
    plugin,
    ...(plugin === type ? [] : [type]),
    ...(dataSource === 'value' ? [] : [dataSource]),
  ];
  if (kind === 'counter' || kind === 'derive') parts.push('total');
  const labels: Record<string, string> = Object.create(null) as Record<string, string>;
  const instance = pluginInstance === '' ? typeInstance : pluginInstance;
  if (instance !== '') labels[clean(plugin)] = instance;
  if (pluginInstance !== '' && typeInstance !== '') labels['type'] = typeInstance;
  if (host !== '') labels['host'] = host;
  labels[NAME_LABEL] = clean(parts.join('_'));
  return canonicalKey(labels);
}

function clean(text: string): string {
  return text.replace(/[^a-zA-Z0-9_]/g, '_');
}
