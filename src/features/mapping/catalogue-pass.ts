import type { MappingPass, MappingRule } from '#core/api/mapping.ts';
import { messageOf } from '#core/errors.ts';
import { type Labels, NAME_LABEL } from '#core/model/labels.ts';
import { compileMapping, type PathMapping } from '#core/path-mapping/path-mapping.ts';
import { InTurn } from '#io/in-turn.ts';
import { pairsLiteral, textLiteral } from '#query/metrics/literal.ts';
import type { TelemetryStore } from '#storage/clickhouse/telemetry-store.ts';
import { KeptPass, type PassKeeper } from './kept-pass.ts';

/** The rules as they are stored. */
type StoredRules = { readonly version: number; readonly content: readonly MappingRule[] };
type PathRow = { readonly family: number; readonly id: string; readonly path: string; readonly labels: Labels };

export type PassParts = {
  readonly store: TelemetryStore;
  /** Resolves when what the intake had registered by the rules before is in the store. */
  readonly settled: () => Promise<void>;
  readonly keeper: PassKeeper;
  /** Selections that were kept may be others now. */
  readonly forgetSelections: () => void;
};

const PATHS_AT_ONCE = 5_000;
const REWRITTEN_AT_ONCE = 1_000;
/** Bytes: the labels of so many rows stand in the text. */
const MAX_STATEMENT = 64 * 1024 * 1024;
const IDLE: MappingPass = { state: 'idle', seen: 0, total: 0, changed: 0, error: '' };

/** Brings the rows of stored paths to the rules: those that send nothing would keep their old labels for ever. */
export class CataloguePass {
  readonly #parts: PassParts;
  #progress: MappingPass = IDLE;
  readonly #turn = new InTurn();
  #newest = 0;

  constructor(parts: PassParts) {
    this.#parts = parts;
  }

  get progress(): MappingPass {
    return this.#progress;
  }

  /** Resolves when the pass of the newest rules has ended, well or not: `progress` tells. */
  start({ version, content }: StoredRules): Promise<void> {
    return this.#begin(content, async () => {
      const kept = KeptPass.parse({ rules: version });
      await this.#parts.keeper.save(kept);
      return kept;
    });
  }

  /** Goes on where a pass of these rules was when the process ended; resolves as `start`, at once when none was. */
  async resume({ version, content }: StoredRules, kept: KeptPass): Promise<void> {
    if (version === 0 || (kept.rules === version && kept.isDone)) return;
    if (kept.rules !== version) return this.start({ version, content });
    return this.#begin(content, async () => kept);
  }

  #begin(rules: readonly MappingRule[], first: () => Promise<KeptPass>): Promise<void> {
    const turn = (this.#newest += 1);
    this.#progress = { ...IDLE, state: 'running' };
    return this.#turn.run(async () => {
      if (turn !== this.#newest) return;
      try {
        await this.#run(compileMapping(rules), await first(), () => turn === this.#newest);
        if (turn === this.#newest) this.#progress = { ...this.#progress, state: 'idle' };
      } catch (error) {
        this.#progress = { ...this.#progress, state: 'failed', error: messageOf(error).slice(0, 500) };
      }
    });
  }

  async #run(map: PathMapping, first: KeptPass, isNewest: () => boolean): Promise<void> {
    const { store, settled, forgetSelections, keeper } = this.#parts;
    await settled();
    // Rows of one series are merged first: which of several is the last would be left to chance.
    await store.command('OPTIMIZE TABLE nocmate.series FINAL');
    const total = await count(store);
    let kept = first;
    while (isNewest()) {
      const rows = await pathRows(store, kept.after);
      const changed = rows.filter((row) => !isSame(row.labels, labelsFor(map, row.path)));
      for (let at = 0; at < changed.length; at += REWRITTEN_AT_ONCE) {
        await rewrite(store, changed.slice(at, at + REWRITTEN_AT_ONCE), map);
      }
      const { family, id } = rows.at(-1) ?? kept.after;
      kept = { ...kept, after: { family, id }, seen: kept.seen + rows.length, changed: kept.changed + changed.length };
      this.#progress = { ...IDLE, seen: kept.seen, total, changed: kept.changed, state: 'running' };
      if (rows.length < PATHS_AT_ONCE) break;
      await keeper.save(kept);
    }
    if (!isNewest()) return;
    if (kept.changed > 0) {
      await store.command('OPTIMIZE TABLE nocmate.series FINAL');
      await forgetUnusedValues(store);
    }
    forgetSelections();
    await keeper.save({ ...kept, isDone: true });
  }
}

async function count(store: TelemetryStore): Promise<number> {
  const rows = await store.rows<{ total: string }>("SELECT count() AS total FROM nocmate.series WHERE path != ''");
  return Number(rows[0]?.total ?? 0);
}

function pathRows(store: TelemetryStore, { family, id }: { family: number; id: string }): Promise<PathRow[]> {
  return store.rows<PathRow>(
    `SELECT family, id, path, labels FROM nocmate.series WHERE path != '' AND (family, id) > ({family:Int64}, {id:UInt64})
     ORDER BY family, id LIMIT 1 BY family, id LIMIT ${PATHS_AT_ONCE}`,
    { params: { family, id } },
  );
}

/** What the row of a path has by these rules; without any a lone name is its own label (`describeSeries`). */
function labelsFor(map: PathMapping, path: string): Labels {
  const mapped = map(path);
  if (mapped?.action === 'map') return mapped.labels;
  return path.includes('.') ? {} : { [NAME_LABEL]: path };
}

/** The rows again, with other labels; the times they were seen stay. */
async function rewrite(store: TelemetryStore, rows: readonly PathRow[], map: PathMapping): Promise<void> {
  const values = rows.map(({ family, id, path }) => {
    const labels = labelsFor(map, path);
    const name = labels[NAME_LABEL] ?? path.split('.').at(-1) ?? '';
    return `(${family}, ${id}, ${textLiteral(name)}, ${texts(Object.keys(labels))}, ${texts(Object.values(labels))})`;
  });
  const which = pairsLiteral(rows.map(({ family, id }) => ({ family, id: BigInt(id) })));
  await store.command(
    `INSERT INTO nocmate.series (family, id, metric, labels, kv, path, type, unit, first_seen, last_seen)
     WITH splitByChar('.', s.path) AS nodes
     SELECT s.family, s.id, n.name, mapFromArrays(n.k, n.v),
       arrayConcat(arrayMap((a, b) -> concat(a, '=', b), n.k, n.v),
         arrayMap((node, i) -> concat('g', toString(i), '=', node), nodes, arrayEnumerate(nodes))),
       s.path, s.type, s.unit, s.first_seen, s.last_seen
     FROM (SELECT * FROM nocmate.series WHERE (family, id) IN (${which}) ORDER BY family, id LIMIT 1 BY family, id) AS s
     INNER JOIN (SELECT * FROM values('family UInt32, id UInt64, name String, k Array(String), v Array(String)',
       ${values.join(',')})) AS n ON n.family = s.family AND n.id = s.id`,
    { settings: { max_query_size: MAX_STATEMENT, max_ast_elements: MAX_STATEMENT } },
  );
}

const texts = (list: readonly string[]): string => `[${list.map(textLiteral).join(',')}]::Array(String)`;

/** Values that only the rules before gave. */
async function forgetUnusedValues(store: TelemetryStore): Promise<void> {
  await store.command(
    `DELETE FROM nocmate.label_values WHERE (key, value) NOT IN
     (SELECT k, v FROM nocmate.series ARRAY JOIN mapKeys(labels) AS k, mapValues(labels) AS v)`,
  );
}

function isSame(a: Labels, b: Labels): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
}
