import { isObject, type JsonObject, without } from './json-reader.ts';
import { layoutPanels } from './v2-layout.ts';
import { classicVariable } from './v2-variables.ts';

type Lost = (readonly [what: string, how: string])[];

/** A V2 dashboard (`elements` with a `layout`) in the classic model; fields keep their names where they have one. */
export function classicOfV2(spec: JsonObject): { readonly dashboard: JsonObject; readonly lost: Lost } {
  const lost: Lost = [];
  const placed = new Set<string>();
  const panels = layoutPanels(spec['layout'], {
    panelOf: (name) => {
      placed.add(name);
      return classicPanel(part(spec['elements'], name));
    },
    lose: (what, how) => void lost.push([what, how]),
  });
  const { variables, annotations, cursorSync } = spec;
  const time = part(spec, 'timeSettings');
  const { from, to, autoRefresh } = time;
  for (const name of Object.keys(part(spec, 'elements'))) {
    if (!placed.has(name)) lost.push([`elements.${name}`, 'it has no place in the layout']);
  }
  return {
    lost,
    dashboard: {
      ...without(spec, 'elements', 'layout', 'variables', 'timeSettings', 'annotations', 'cursorSync'),
      ...without(time, 'from', 'to', 'autoRefresh', 'autoRefreshIntervals', 'quickRanges'),
      time: { from, to },
      refresh: autoRefresh,
      panels,
      templating: { list: list(variables).map(classicVariable) },
      annotations: { list: list(annotations).map((each) => classicAnnotation(part(each, 'spec'))) },
      graphTooltip: cursorSync === 'Off' ? 0 : cursorSync === 'Tooltip' ? 2 : 1,
    },
  };
}

function classicPanel(element: JsonObject): JsonObject {
  const spec = part(element, 'spec');
  if (element['kind'] === 'LibraryPanel') return spec;
  const group = part(part(spec, 'data'), 'spec');
  const viz = part(spec, 'vizConfig');
  const vizSpec = part(viz, 'spec');
  const { fieldConfig, options } = vizSpec;
  const type = viz['kind'] === 'VizConfig' ? viz['group'] : viz['kind'];
  return {
    ...without(spec, 'data', 'vizConfig'),
    ...part(group, 'queryOptions'),
    ...without(vizSpec, 'fieldConfig', 'options', 'pluginVersion'),
    type,
    ...(fieldConfig === undefined ? {} : { fieldConfig }),
    ...(options === undefined ? {} : { options }),
    targets: list(group['queries']).map((query) => classicTarget(part(query, 'spec'))),
    transformations: list(group['transformations']).map(classicTransformation),
  };
}

/** V2beta1 names the kind of source `group`; V2alpha1 has it as the query's `kind`. */
function classicTarget(spec: JsonObject): JsonObject {
  const query = part(spec, 'query');
  const type = query['kind'] === 'DataQuery' ? query['group'] : query['kind'];
  const source = isObject(query['datasource']) ? query['datasource'] : part(spec, 'datasource');
  return {
    ...part(query, 'spec'),
    refId: spec['refId'],
    ...(spec['hidden'] === true ? { hide: true } : {}),
    datasource: { type, uid: source['name'] ?? source['uid'] },
  };
}

function classicTransformation(transformation: unknown): JsonObject {
  const spec = part({ transformation }, 'transformation');
  const inner = part(spec, 'spec');
  return { id: spec['group'] ?? inner['id'] ?? spec['kind'], options: inner['options'], disabled: inner['disabled'] };
}

function classicAnnotation({ query, builtIn, ...rest }: JsonObject): JsonObject {
  const source = isObject(query) ? query : {};
  return {
    ...rest,
    ...(builtIn === true ? { builtIn: 1 } : {}),
    datasource: { type: source['group'] ?? source['kind'] },
  };
}

/** A part that should be an object; empty when it is not. */
function part(from: unknown, key: string): JsonObject {
  const value = isObject(from) && Object.hasOwn(from, key) ? from[key] : undefined;
  return isObject(value) ? value : {};
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
