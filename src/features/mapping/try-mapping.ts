import type { TriedMapping, TriedPath, TryMappingRequest } from '#core/api/mapping.ts';
import { canonicalKey, NAME_LABEL } from '#core/model/labels.ts';
import { seriesText } from '#core/model/series-text.ts';
import { compileMapping } from '#core/path-mapping/path-mapping.ts';
import type { TelemetryStore } from '#storage/clickhouse/telemetry-store.ts';

const MAX_PATHS = 200_000;
const MAX_SHOWN = 50;
const MAX_COLLISIONS = 20;
/** Paths between two looks at the other work of the thread. */
const AT_ONCE = 2_000;
/** Looked at before the time is taken: the first ones cost what later ones do not. */
const WARM_UP = 1_000;

/** What the rules make of the given paths, else of the catalogue's; times what a path costs. Throws `bad_request`. */
export async function tryMapping(
  store: TelemetryStore,
  { rules, paths }: TryMappingRequest,
  signal: AbortSignal,
): Promise<TriedMapping> {
  const map = compileMapping(rules);
  const list =
    paths.length > 0 ? paths.map((path) => path.trim()).filter(Boolean) : await cataloguePaths(store, signal);
  const found = new Findings(rules.length);
  for (let i = 0; i < WARM_UP && list.length > 0; i += 1) map(list[i % list.length] ?? '');
  let spentMs = 0;
  for (let at = 0; at < list.length; at += AT_ONCE) {
    const startedAt = performance.now();
    const some = list.slice(at, at + AT_ONCE).map((path) => ({ path, mapped: map(path) }));
    spentMs += performance.now() - startedAt;
    for (const { path, mapped } of some) found.add(path, mapped);
    await new Promise(setImmediate);
    signal.throwIfAborted();
  }
  return found.answer(list.length, list.length === 0 ? 0 : (spentMs * 1000) / list.length);
}

async function cataloguePaths(store: TelemetryStore, signal: AbortSignal): Promise<string[]> {
  const rows = await store.rows<{ path: string }>(
    `SELECT DISTINCT path FROM nocmate.paths WHERE level < 100 LIMIT ${MAX_PATHS}`,
    { signal },
  );
  return rows.map(({ path }) => path);
}

class Findings {
  readonly #byRule: number[];
  readonly #samples: TriedPath[] = [];
  readonly #unmatched: string[] = [];
  /** Series → the first path that becomes it. */
  readonly #first = new Map<string, string>();
  readonly #collisions = new Map<string, string[]>();
  #matched = 0;

  constructor(rules: number) {
    this.#byRule = Array.from({ length: rules }, () => 0);
  }

  add(path: string, mapped: ReturnType<ReturnType<typeof compileMapping>>): void {
    if (mapped === undefined) {
      if (this.#unmatched.length < MAX_SHOWN) this.#unmatched.push(path);
      return;
    }
    this.#matched += 1;
    this.#byRule[mapped.rule] = (this.#byRule[mapped.rule] ?? 0) + 1;
    const labels = mapped.action === 'map' ? mapped.labels : { [NAME_LABEL]: path };
    if (this.#samples.length < MAX_SHOWN)
      this.#samples.push({ path, rule: mapped.rule, action: mapped.action, labels });
    if (mapped.action !== 'map') return;
    const key = canonicalKey(labels);
    const first = this.#first.get(key);
    if (first === undefined) return void this.#first.set(key, path);
    const text = seriesText(Object.entries(labels));
    const known = this.#collisions.get(text);
    if (known !== undefined) known.push(path);
    else if (first !== path && this.#collisions.size < MAX_COLLISIONS) this.#collisions.set(text, [first, path]);
  }

  answer(total: number, costUs: number): TriedMapping {
    return {
      ...{ total, matched: this.#matched, byRule: this.#byRule, costUs },
      samples: this.#samples,
      unmatched: this.#unmatched,
      collisions: [...this.#collisions].map(([series, paths]) => ({ series, paths: paths.slice(0, 5) })),
    };
  }
}
