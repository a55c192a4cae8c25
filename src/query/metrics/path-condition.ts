import { type GlobNode, parseGlob, pathPattern } from './glob.ts';
import { textLiteral } from './literal.ts';

const REVERSED_LEVEL = 100;
const MAX_LEVEL = 99;

/**
 * The condition on `nocmate.series` for a Graphite glob. Fixed nodes at one end: a range of `nocmate.paths`, read from the
 * start or, reversed, from the end; fixed nodes in the middle: the text index of node tokens in `kv`.
 */
export function globCondition(glob: string): string {
  const nodes = parseGlob(glob);
  if (nodes.length > MAX_LEVEL) return '0';
  const forward = literalRun(nodes);
  const backward = literalRun(nodes.toReversed());
  const literals = nodes.filter((node) => node.literal).length;
  if (literals > Math.max(forward, backward)) return tokenCondition(nodes);
  return backward > forward ? pathsCondition(nodes.toReversed(), REVERSED_LEVEL) : pathsCondition(nodes, 0);
}

function literalRun(nodes: readonly GlobNode[]): number {
  const end = nodes.findIndex((node) => !node.literal);
  return end < 0 ? nodes.length : end;
}

function pathsCondition(nodes: readonly GlobNode[], base: number): string {
  const run = literalRun(nodes);
  const prefix = nodes
    .slice(0, run + 1)
    .map((node) => node.prefix)
    .join('.');
  const where = [`level = ${base + nodes.length}`];
  if (run === nodes.length) where.push(`path = ${textLiteral(prefix)}`);
  else {
    if (prefix !== '') where.push(`startsWith(path, ${textLiteral(prefix)})`);
    where.push(`match(path, ${textLiteral(pathPattern(nodes))})`);
  }
  return `(family, id) IN (SELECT family, id FROM nocmate.paths WHERE ${where.join(' AND ')})`;
}

function tokenCondition(nodes: readonly GlobNode[]): string {
  const tokens = nodes.flatMap((node, i) =>
    node.literal ? [`has(kv, ${textLiteral(`g${i + 1}=${node.prefix}`)})`] : [],
  );
  return [...tokens, `match(path, ${textLiteral(pathPattern(nodes))})`].join(' AND ');
}
