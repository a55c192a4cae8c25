import { AppError } from '#core/errors.ts';
import type { TelemetryStore } from '#storage/clickhouse/telemetry-store.ts';
import { type GlobNode, parseGlob } from './glob.ts';
import { textLiteral } from './literal.ts';
import { seenCondition } from './matcher-condition.ts';
import type { PathMatch, SelectOptions } from './series-source.ts';

type Node = { parent: string; node: string; leaf: number };

/** Parents that one wildcard level may lead to; a find beyond it is refused, not cut. */
const MAX_PARENTS = 10_000;

/**
 * The nodes of the Graphite tree that match a glob, sorted; a node that is both a series and a branch comes twice.
 * Throws `limit_series` when a level before the last has too many nodes.
 */
export async function findPaths(store: TelemetryStore, glob: string, options: SelectOptions): Promise<PathMatch[]> {
  const nodes = parseGlob(glob);
  let parents = [''];
  for (const node of nodes.slice(0, -1)) {
    if (node.literal) parents = parents.map((parent) => join(parent, node.prefix));
    else parents = await expand(store, parents, node, options);
    if (parents.length === 0) return [];
  }
  const last = nodes.at(-1);
  if (last === undefined) return [];
  const found = await children(store, parents, last, { ...options, limit: options.limit });
  return found.map(({ parent, node, leaf }) => ({ path: join(parent, node), leaf: leaf === 1 }));
}

const join = (parent: string, node: string): string => (parent === '' ? node : `${parent}.${node}`);

async function expand(
  store: TelemetryStore,
  parents: readonly string[],
  node: GlobNode,
  options: SelectOptions,
): Promise<string[]> {
  const found = await children(store, parents, node, { ...options, limit: MAX_PARENTS + 1 }, 'leaf = 0');
  if (found.length > MAX_PARENTS) {
    throw new AppError('limit_series', `a wildcard of the path has more than ${MAX_PARENTS} nodes: make it narrower`);
  }
  return found.map(({ parent, node: name }) => join(parent, name));
}

async function children(
  store: TelemetryStore,
  parents: readonly string[],
  node: GlobNode,
  options: SelectOptions,
  extra = '1',
): Promise<Node[]> {
  const name = node.literal ? `node = ${textLiteral(node.prefix)}` : `match(node, ${textLiteral(`^${node.pattern}$`)})`;
  const prefix = node.literal || node.prefix === '' ? '1' : `startsWith(node, ${textLiteral(node.prefix)})`;
  const seen = options.range === undefined ? '1' : seenCondition(options.range);
  return store.rows<Node>(
    `SELECT parent, node, leaf FROM nocmate.path_nodes WHERE parent IN (${parents.map(textLiteral).join(',')})
     AND ${name} AND ${prefix} AND ${seen} AND ${extra}
     GROUP BY parent, node, leaf ORDER BY parent, node, leaf LIMIT ${options.limit}`,
    options.signal === undefined ? undefined : { signal: options.signal },
  );
}
