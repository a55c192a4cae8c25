import { AppError } from '#core/errors.ts';
import type { RouteRequest, RouteResponse } from '#core/route.ts';
import { parseAtTime } from '#query/graphite/at-time.ts';
import { FormFields } from './form-fields.ts';
import type { GraphiteApi } from './graphite-api.ts';
import { pickle } from './pickle.ts';
import { type RenderDefaults, readBase } from './render-options.ts';
import { bodyReply, valueReply } from './reply.ts';

type PathNode = { readonly path: string; readonly name: string; readonly leaf: boolean };

const FORMATS = ['treejson', 'completer', 'nodelist', 'json', 'pickle'];

/** `/metrics/find`: the nodes that match a glob, in one of five shapes. */
export async function find(api: GraphiteApi, request: RouteRequest): Promise<RouteResponse> {
  const fields = new FormFields(request.body);
  const query = fields.one('query') ?? '';
  if (query === '') throw new AppError('bad_request', "Missing required parameter 'query'");
  const format = fields.one('format') ?? 'treejson';
  if (!FORMATS.includes(format)) {
    throw new AppError('bad_request', `Invalid value for 'format' parameter; supported are ${FORMATS.join(', ')}`);
  }
  const glob = format === 'completer' ? completerGlob(query) : query;
  const base = readBase(fields, { now: Math.floor(api.clock.now() / 1000), timeZone: api.timeZone });
  const found = await api.source.find(glob, { ...readRange(fields, base), signal: request.signal });
  const nodes = found
    .filter(({ leaf }) => leaf || !fields.flag('leavesOnly'))
    .map(({ path, leaf }) => ({ path, leaf, name: path.slice(path.lastIndexOf('.') + 1) }))
    .toSorted((a, b) => compare(a.name, b.name) || Number(a.leaf) - Number(b.leaf));
  if (format === 'pickle') return bodyReply(pickleNodes(nodes, base.now), 'application/pickle');
  return valueReply(shape(nodes, { format, query, fields }), fields);
}

/** What another graphite-web asks for; a leaf has points from the beginning until now, for all that is known. */
function pickleNodes(nodes: readonly PathNode[], now: number): Uint8Array {
  const intervals = [[{ int: 0 }, { int: now }]];
  return pickle(nodes.map(({ path, leaf }) => ({ dict: { path, is_leaf: leaf, ...(leaf ? { intervals } : {}) } })));
}

function readRange(fields: FormFields, base: RenderDefaults): { from?: number; until?: number } {
  const range: { from?: number; until?: number } = {};
  for (const name of ['from', 'until'] as const) {
    const text = fields.one(name);
    if (text !== undefined && text !== '-1') range[name] = parseAtTime(text, base);
  }
  return range;
}

function completerGlob(query: string): string {
  const glob = query.replaceAll('..', '*.');
  return glob.endsWith('*') ? glob : `${glob}*`;
}

function shape(nodes: readonly PathNode[], how: { format: string; query: string; fields: FormFields }): unknown {
  const isWild = how.fields.flag('wildcards') && nodes.length > 1;
  switch (how.format) {
    case 'completer': {
      const metrics = nodes.map(({ path, name, leaf }) => ({
        path: leaf ? path : `${path}.`,
        name,
        is_leaf: leaf ? '1' : '0',
      }));
      return { metrics: isWild ? [...metrics, { name: '*' }] : metrics };
    }
    case 'nodelist': {
      const position = how.fields.integer('position', -1);
      const names = nodes.map(({ path }) => path.split('.').at(position)).filter((name) => name !== undefined);
      return { nodes: [...new Set(names)].sort() };
    }
    case 'json':
      return nodes.map(({ path, leaf }) => ({ path, is_leaf: leaf })).toSorted((a, b) => compare(a.path, b.path));
    default:
      return tree(nodes, how.query, isWild);
  }
}

function tree(nodes: readonly PathNode[], query: string, isWild: boolean): unknown[] {
  const base = query.includes('.') ? `${query.slice(0, query.lastIndexOf('.'))}.` : '';
  const unique = [...new Map(nodes.toReversed().map((node) => [node.name, node])).values()].reverse();
  const entry = (text: string, name: string, leaf: boolean): unknown => ({
    text,
    id: base + name,
    allowChildren: leaf ? 0 : 1,
    expandable: leaf ? 0 : 1,
    leaf: leaf ? 1 : 0,
  });
  const wildcard = isWild
    ? [
        entry(
          '*',
          '*',
          nodes.every(({ leaf }) => leaf),
        ),
      ]
    : [];
  const branchesFirst = unique.toSorted((a, b) => Number(a.leaf) - Number(b.leaf));
  return [...wildcard, ...branchesFirst.map(({ name, leaf }) => entry(unquoted(name), name, leaf))];
}

function unquoted(name: string): string {
  try {
    return decodeURIComponent(name.replaceAll('+', ' '));
  } catch {
    return name;
  }
}

/** Order by code units. */
export function compare(a: string, b: string): number {
  return Number(a > b) - Number(a < b);
}
