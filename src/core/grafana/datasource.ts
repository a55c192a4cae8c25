import { asText, isObject, type JsonObject, type JsonReader } from './json-reader.ts';

/** The kind of a data source: Grafana's plugin id, `prometheus` and the like. */
export type DatasourceTypes = {
  /** The kind that a reference means; undefined when it cannot be told. */
  readonly typeOf: (reference: unknown) => string | undefined;
};

/** Variables and inputs that stand for data sources: by name, the plugin's id. */
export function datasourceTypes(dashboard: JsonReader): DatasourceTypes {
  const types = new Map<string, string>();
  for (const input of dashboard.items('__inputs')) {
    const name = input.text('name');
    const plugin = input.text('pluginId');
    if (name !== undefined && plugin !== undefined) types.set(name, plugin);
  }
  for (const variable of dashboard.items('templating.list')) {
    const { name, type, query } = isObject(variable.value) ? variable.value : {};
    if (type === 'datasource' && typeof name === 'string' && typeof query === 'string') types.set(name, query);
  }
  const named = (text: string): string | undefined => types.get(variableName(text) ?? '') ?? special(text);

  return {
    typeOf: (reference) => {
      if (typeof reference === 'string') return named(reference) ?? kindInName(reference);
      if (!isObject(reference)) return undefined;
      const { type, uid } = reference;
      const byUid = typeof uid === 'string' ? named(uid) : undefined;
      return typeof type === 'string' && type !== '' && !type.startsWith('$') ? (special(asText(uid)) ?? type) : byUid;
    },
  };
}

/** The name in `$name`, `${name}`, `[[name]]`. */
function variableName(text: string): string | undefined {
  const [, bare, braced, old] = /^(?:\$(\w+)|\$\{(\w+)(?::\w+)?\}|\[\[(\w+)\]\])$/.exec(text.trim()) ?? [];
  return bare ?? braced ?? old;
}

/** Old dashboards have names, which often say the kind: "prometheus", "Graphite (main)". */
function kindInName(text: string): string | undefined {
  return /\b(prometheus|graphite|loki|elasticsearch|influxdb|cloudwatch)\b/i.exec(text)?.[1]?.toLowerCase();
}

function special(text: string): string | undefined {
  return /^-- (Dashboard|Mixed|Grafana) --$/.test(text) || text === '__expr__' ? text : undefined;
}

/** The language of ours that a data source's queries are written in; a reason when there is none. */
export function languageOf(
  type: string | undefined,
  target: JsonObject,
): { readonly language: 'promql' | 'graphite' | 'logs' } | { readonly reason: string } {
  const kind = type ?? guessed(target);
  if (kind === undefined) return { reason: 'its data source cannot be told' };
  if (/prometheus|victoriametrics-metrics|mimir/i.test(kind)) return { language: 'promql' };
  if (/graphite/i.test(kind)) return { language: 'graphite' };
  if (/^(?:grafana-)?(?:loki|elasticsearch|opensearch)(?:-datasource)?$/i.test(kind)) return { language: 'logs' };
  if (kind === '__expr__' || kind === 'expression')
    return { reason: 'expressions over other queries are not evaluated' };
  if (kind === '-- Dashboard --' || kind === 'dashboard')
    return { reason: 'the results of another panel are not shared' };
  if (kind === '-- Grafana --' || kind === 'grafana') return { reason: "it asks Grafana's own data source" };
  if (/testdata/i.test(kind)) return { reason: "it shows Grafana's test data" };
  return { reason: `its data is in another store (${kind}): bring it in, then write the query anew` };
}

/** Old dashboards name their source in a way that only their Grafana can resolve: the query's fields tell it. */
function guessed(target: JsonObject): string | undefined {
  if ('rawSql' in target) return 'SQL';
  if ('bucketAggs' in target || 'timeField' in target) return 'elasticsearch';
  if ('measurement' in target) return 'influxdb';
  if ('expr' in target) return isLogQuery(target['expr']) ? 'loki' : 'prometheus';
  if (typeof target['target'] === 'string') return 'graphite';
  return undefined;
}

/** LogQL: a stream selector followed by a filter or a parser. */
function isLogQuery(expr: unknown): boolean {
  return (
    typeof expr === 'string' &&
    /\}\s*(\|=|\|~|!=\s*[`"]|!~\s*[`"]|\|\s*(json|logfmt|pattern|regexp|line_format)\b)/.test(expr)
  );
}
