import { isObject, type JsonObject } from './json-reader.ts';

/** The type of a panel whose model is elsewhere. */
export const LIBRARY_PANEL = 'library-panel';

export type LibraryModels = {
  /** A panel with the model that it refers to; of a row, also its panels. */
  readonly fill: (panel: unknown) => unknown;
};

/** The models of library panels that an export carries in `__elements`: a list, or by uid. */
export function libraryModels(dashboard: JsonObject): LibraryModels {
  const elements = dashboard['__elements'];
  const list = Array.isArray(elements) ? elements : isObject(elements) ? Object.values(elements) : [];
  const models = new Map<unknown, JsonObject>();
  for (const element of list) {
    if (isObject(element) && isObject(element['model'])) models.set(element['uid'], element['model']);
  }
  const fill = (panel: unknown): unknown => {
    if (!isObject(panel)) return panel;
    const inner = Array.isArray(panel['panels']) ? { ...panel, panels: panel['panels'].map(fill) } : panel;
    const reference = inner['libraryPanel'];
    if (!isObject(reference)) return inner;
    const model = isObject(reference['model']) ? reference['model'] : models.get(reference['uid']);
    const named = { title: reference['name'], ...inner };
    if (model === undefined) return 'type' in inner ? named : { ...named, type: LIBRARY_PANEL };
    return { ...model, ...named, type: model['type'] };
  };
  return { fill };
}
