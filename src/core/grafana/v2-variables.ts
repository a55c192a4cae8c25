import { asText, isObject, type JsonObject } from './json-reader.ts';

/** Kinds of V2 and their classic names. */
const TYPES: Readonly<Record<string, string>> = {
  QueryVariable: 'query',
  DatasourceVariable: 'datasource',
  CustomVariable: 'custom',
  IntervalVariable: 'interval',
  TextVariable: 'textbox',
  ConstantVariable: 'constant',
  AdhocVariable: 'adhoc',
  GroupByVariable: 'groupby',
  SwitchVariable: 'switch',
};

const HIDE: Readonly<Record<string, number>> = { dontHide: 0, hideLabel: 1, hideVariable: 2, inControlsMenu: 0 };

/** A variable of V2 in the classic model. */
export function classicVariable(variable: unknown): JsonObject {
  if (!isObject(variable)) return {};
  const kind = asText(variable['kind']);
  const spec = isObject(variable['spec']) ? variable['spec'] : {};
  const { hide, pluginId, query, ...rest } = spec;
  return {
    ...rest,
    type: TYPES[kind] ?? kind,
    ...(typeof hide === 'string' ? { hide: HIDE[hide] ?? 0 } : {}),
    ...(kind === 'DatasourceVariable' ? { query: pluginId } : queryPart(query)),
  };
}

/** A query variable has its query as an object with the source; others have a text. */
function queryPart(query: unknown): JsonObject {
  if (!isObject(query)) return query === undefined ? {} : { query };
  const spec = isObject(query['spec']) ? query['spec'] : {};
  const type = query['kind'] === 'DataQuery' ? query['group'] : query['kind'];
  return { query: spec['__legacyStringValue'] ?? spec, datasource: { type } };
}
