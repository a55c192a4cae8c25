import { AppError } from '#core/errors.ts';
import { isObject, type JsonObject } from './json-reader.ts';
import { classicOfV2 } from './v2-dashboard.ts';

/** A Grafana dashboard in the classic model, however it came. */
export type GrafanaSource = {
  readonly format: string;
  readonly dashboard: JsonObject;
  /** What the way to the classic model lost: a field, and why. */
  readonly lost: readonly (readonly [what: string, how: string])[];
};

const MAX_DEPTH = 200;

/** True for what {@link readGrafana} reads. */
export function isGrafanaDashboard(json: unknown): boolean {
  const inner = unwrapped(json);
  return inner !== undefined && (isV2(inner) || isClassic(inner));
}

/**
 * Finds the dashboard in a file or an API answer: classic, V1 or V2 resource, each also inside `{"dashboard": …}`.
 * Throws `bad_request` for what is none.
 */
export function readGrafana(json: unknown): GrafanaSource {
  if (isDeeperThan(json, MAX_DEPTH)) throw refusal(`it is nested deeper than ${MAX_DEPTH} levels`);
  const inner = unwrapped(json);
  if (inner === undefined) throw refusal('it is no JSON object');
  const isResource = inner !== json && isObject(json) && isObject(json['spec']);
  if (isV2(inner)) return { ...classicOfV2(inner), format: 'V2 resource' };
  if (!isClassic(inner)) throw refusal(whyNot(inner));
  const version = inner['schemaVersion'];
  const schema = typeof version === 'number' ? `schemaVersion ${version}` : 'no schemaVersion';
  return { format: `${isResource ? 'V1 resource' : 'classic'} (${schema})`, dashboard: inner, lost: [] };
}

function refusal(why: string): AppError {
  return new AppError(
    'bad_request',
    `This is no Grafana dashboard: ${why}. Export one with Share → Export (or "View JSON") and give the whole file.`,
  );
}

function whyNot(inner: JsonObject): string {
  if (isObject(inner['model']) || isObject(inner['libraryPanel'])) return 'it is a library panel';
  if (typeof inner['type'] === 'string' && Array.isArray(inner['targets'])) return 'it is a single panel';
  if (typeof inner['kind'] === 'string' && inner['kind'] !== 'Dashboard') return `its kind is ${inner['kind']}`;
  return 'it has neither panels, nor rows, nor elements with a layout';
}

/** Looks into `{"dashboard": …}` of the HTTP API and `{"kind": "Dashboard", "spec": …}` of resources. */
function unwrapped(json: unknown): JsonObject | undefined {
  if (!isObject(json)) return undefined;
  const { dashboard, spec, kind } = json;
  if (isObject(dashboard) && !isClassic(json)) return unwrapped(dashboard);
  const isResource = kind === 'Dashboard' || typeof json['apiVersion'] === 'string';
  if (!isResource || !isObject(spec)) return json;
  return { ...spec, title: spec['title'] ?? titleOfMetadata(json['metadata']) };
}

function titleOfMetadata(metadata: unknown): unknown {
  return isObject(metadata) ? metadata['name'] : undefined;
}

function isV2({ elements, layout }: JsonObject): boolean {
  return isObject(elements) && isObject(layout);
}

/** Our own dashboards have `panels` too, with a `place` each and no `gridPos`. */
function isClassic(inner: JsonObject): boolean {
  const { panels, rows } = inner;
  const isOurs = Array.isArray(panels) && panels.some((panel) => isObject(panel) && isObject(panel['place']));
  if (isOurs) return false;
  if (Array.isArray(rows)) return true;
  const marks = ['schemaVersion', 'templating', 'annotations', 'time', 'gnetId', 'graphTooltip', 'uid', '__inputs'];
  const isGrafanas = marks.some((mark) => mark in inner) && !(inner['schemaVersion'] === 1 && !('templating' in inner));
  if (!Array.isArray(panels)) return isObject(inner['templating']) && typeof inner['schemaVersion'] === 'number';
  return isGrafanas || panels.some((panel) => isObject(panel) && (isObject(panel['gridPos']) || 'targets' in panel));
}

function isDeeperThan(json: unknown, limit: number): boolean {
  let level: readonly unknown[] = [json];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > limit) return true;
    level = level.flatMap((value) => (typeof value === 'object' && value !== null ? Object.values(value) : []));
  }
  return false;
}
