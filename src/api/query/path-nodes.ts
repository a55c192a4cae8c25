import type { DiscoveryRequest, PathNode } from '#core/api/query.ts';
import type { SeriesCatalogue } from '#query/metrics/series-source.ts';

const GLOB_CHARACTERS = /[*?[\]{},]/g;

/** The children of a node of the Graphite tree, by name; a child may be a series and a branch at once. */
export async function pathNodes(
  catalogue: SeriesCatalogue,
  request: Pick<DiscoveryRequest, 'parent' | 'prefix' | 'limit'>,
  signal: AbortSignal,
): Promise<PathNode[]> {
  const parent = request.parent ? `${request.parent}.` : '';
  const prefix = (request.prefix ?? '').replace(GLOB_CHARACTERS, '?');
  // A node that is both comes twice, so twice the limit is asked for.
  const found = await catalogue.findPaths(`${parent}${prefix}*`, { limit: request.limit * 2, signal });
  const nodes = new Map<string, { leaf: boolean; branch: boolean }>();
  for (const { path, leaf } of found) {
    const known = nodes.get(path);
    nodes.set(path, { leaf: leaf || known?.leaf === true, branch: !leaf || known?.branch === true });
  }
  return [...nodes]
    .slice(0, request.limit)
    .map(([path, kinds]) => ({ node: path.slice(path.lastIndexOf('.') + 1), path, ...kinds }));
}
