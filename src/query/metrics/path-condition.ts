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
  const found = pathsSource(nodes);
  return found === undefined ? tokenCondition(nodes) : `(family, id) IN (SELECT family, id FROM ${found.from})`;
}

/**
 * Where `nocmate.paths` alone answers a glob of more than one node: FROM and WHERE, and the expression of the path.
 * Undefined for a glob with fixed nodes in the middle, which the text index finds faster.
 */
export function globSource(glob: string): { readonly path: string; readonly from: string } | undefined {
  const nodes = parseGlob(glob);
  return nodes.length > 1 ? pathsSource(nodes) : undefined;
}

function pathsSource(nodes: readonly GlobNode[]): { path: string; from: string } | undefined {
  if (nodes.length > MAX_LEVEL) return { path: 'path', from: 'nocmate.paths WHERE 0' };
  const forward = literalRun(nodes);
  const backward = literalRun(nodes.toReversed());
  const literals = nodes.filter((node) => node.literal).length;
  if (literals > Math.max(forward, backward)) return undefined;
  if (backward <= forward) return { path: 'path', from: pathsWhere(nodes, 0) };
  const path = "arrayStringConcat(arrayReverse(splitByChar('.', path)), '.')";
  return { path, from: pathsWhere(nodes.toReversed(), REVERSED_LEVEL) };
}

function literalRun(nodes: readonly GlobNode[]): number {
  const end = nodes.findIndex((node) => !node.literal);
  return end < 0 ? nodes.length : end;
}

function pathsWhere(nodes: readonly GlobNode[], base: number): string {
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
  return `nocmate.paths WHERE ${where.join(' AND ')}`;
}

function tokenCondition(nodes: readonly GlobNode[]): string {
  const tokens = nodes.flatMap((node, i) =>
    node.literal ? [`has(kv, ${textLiteral(`g${i + 1}=${node.prefix}`)})`] : [],
  );
  return [...tokens, `match(path, ${textLiteral(pathPattern(nodes))})`].join(' AND ');
}
