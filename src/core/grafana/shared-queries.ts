import { isObject, type JsonObject } from './json-reader.ts';

const SHARED = '-- Dashboard --';

/** Panels whose source is another panel of the dashboard get that panel's queries and source. */
export function withSharedQueries(panels: readonly unknown[]): readonly unknown[] {
  const byId = new Map(allOf(panels).map((panel) => [panel['id'], panel]));
  const fill = (panel: unknown): unknown => {
    if (!isObject(panel)) return panel;
    const inner = Array.isArray(panel['panels']) ? { ...panel, panels: panel['panels'].map(fill) } : panel;
    const other = isShared(inner['datasource']) ? byId.get(sharedId(inner)) : undefined;
    if (other === undefined || isShared(other['datasource'])) return inner;
    return { ...inner, datasource: other['datasource'], targets: other['targets'] };
  };
  return panels.map(fill);
}

function allOf(panels: readonly unknown[]): readonly JsonObject[] {
  return panels
    .filter(isObject)
    .flatMap((panel) => [panel, ...(Array.isArray(panel['panels']) ? panel['panels'].filter(isObject) : [])]);
}

function isShared(datasource: unknown): boolean {
  return datasource === SHARED || (isObject(datasource) && datasource['uid'] === SHARED);
}

function sharedId({ targets }: JsonObject): unknown {
  const [first] = Array.isArray(targets) ? targets : [];
  return isObject(first) ? first['panelId'] : undefined;
}
