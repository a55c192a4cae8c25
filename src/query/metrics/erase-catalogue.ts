import { type Labels, NAME_LABEL } from '#core/model/labels.ts';
import type { TelemetryStore } from '#storage/clickhouse/telemetry-store.ts';
import { chunks } from './chunks.ts';
import { pairsLiteral, textLiteral } from './literal.ts';
import type { SeriesRef } from './series-source.ts';

const PER_STATEMENT = 1_000;
const TOKENS_PER_STATEMENT = 500;

type Row = { readonly labels: Labels; readonly path: string };

/** Takes series out of the catalogue, with the label values, paths and nodes of the tree that no other series has. */
export async function eraseFromCatalogue(store: TelemetryStore, refs: readonly SeriesRef[]): Promise<void> {
  const rows: Row[] = [];
  for (const list of chunks(refs, PER_STATEMENT)) {
    const which = `(family, id) IN (${pairsLiteral(list)})`;
    for (const row of await store.rows<Row>(`SELECT labels, path FROM nocmate.series WHERE ${which}`)) rows.push(row);
    await store.command(`DELETE FROM nocmate.series WHERE ${which}`);
    await store.command(`DELETE FROM nocmate.paths WHERE ${which}`);
  }
  await eraseLabelValues(store, rows);
  await erasePathNodes(store, rows);
}

async function eraseLabelValues(store: TelemetryStore, rows: readonly Row[]): Promise<void> {
  const pairs = new Map<string, readonly [string, string]>();
  for (const { labels } of rows) for (const pair of Object.entries(labels)) pairs.set(pair.join('='), pair);
  for (const tokens of chunks([...pairs.keys()], TOKENS_PER_STATEMENT)) {
    const list = `[${tokens.map(textLiteral).join(',')}]`;
    const used = await store.rows<{ token: string }>(
      `SELECT arrayJoin(arrayIntersect(kv, ${list})) AS token FROM nocmate.series WHERE hasAny(kv, ${list}) GROUP BY token`,
    );
    const kept = new Set(used.map(({ token }) => token));
    const gone = tokens
      .filter((token) => !kept.has(token))
      .flatMap((token) => [pairs.get(token) ?? (['', ''] as const)]);
    if (gone.length === 0) continue;
    const values = gone.map(([key, value]) => `(${textLiteral(key)},${textLiteral(value)})`).join(',');
    await store.command(`DELETE FROM nocmate.label_values WHERE (key, value) IN (${values})`);
  }
}

/** Leaves first, then from the deepest level up each branch that has no child left. */
async function erasePathNodes(store: TelemetryStore, rows: readonly Row[]): Promise<void> {
  const paths = rows.flatMap(({ labels, path }) => (path !== '' && labels[NAME_LABEL] !== path ? [path] : []));
  await eraseNodes(store, paths, 1);
  let branches = parentsOf(paths);
  while (branches.length > 0) {
    const level = Math.max(...branches.map(depthOf));
    const deepest = branches.filter((branch) => depthOf(branch) === level);
    const gone: string[] = [];
    for (const list of chunks(deepest, TOKENS_PER_STATEMENT)) {
      const used = await store.rows<{ parent: string }>(
        `SELECT DISTINCT parent FROM nocmate.path_nodes WHERE parent IN (${list.map(textLiteral).join(',')})`,
      );
      const kept = new Set(used.map(({ parent }) => parent));
      for (const branch of list) if (!kept.has(branch)) gone.push(branch);
    }
    await eraseNodes(store, gone, 0);
    branches = [...new Set([...branches.filter((branch) => depthOf(branch) < level), ...parentsOf(gone)])];
  }
}

async function eraseNodes(store: TelemetryStore, paths: readonly string[], leaf: 0 | 1): Promise<void> {
  for (const list of chunks(paths, TOKENS_PER_STATEMENT)) {
    const nodes = list.map(
      (path) => `(${textLiteral(parentOf(path))},${textLiteral(path.slice(parentOf(path).length).replace(/^\./, ''))})`,
    );
    await store.command(
      `DELETE FROM nocmate.path_nodes WHERE leaf = ${leaf} AND (parent, node) IN (${nodes.join(',')})`,
    );
  }
}

const depthOf = (path: string): number => path.split('.').length;
const parentOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('.')));
const parentsOf = (paths: readonly string[]): string[] => [
  ...new Set(paths.map(parentOf).filter((path) => path !== '')),
];
