import type { Node } from '#query/graphite/ast.ts';
import { parseTarget } from '#query/graphite/parser.ts';
import type { Series } from '#query/graphite/series.ts';

/** The nodes (by number, negative from the end) or tags of a series, joined by dots; missing ones are empty. */
export function nodeKey(series: Series, nodes: readonly (string | number)[]): string {
  const path = (series.name.endsWith(')') ? firstPath(series.name) : undefined) ?? series.name;
  const parts = (path.split(';')[0] ?? '').split('.');
  return nodes
    .map((node) => (typeof node === 'number' ? parts.at(node) : undefined) ?? series.tags[String(node)] ?? '')
    .join('.');
}

/** Calls around one path, with numbers as their other arguments: what {@link firstPath} can tell without a parser. */
const PLAIN = /^((?:[A-Za-z_]\w{0,99}\()+)([A-Za-z_][\w-]*\.[\w.-]*)((?:(?:, ?-?[\d.]+)*\))+)$/;
const MAX_PLAIN = 1_000;
const MAX_PLAIN_DEPTH = 50;

/** The path that stands first in a name such as `scale(a.b.c,2)`. */
function firstPath(name: string): string | undefined {
  const [, calls = '', path, ends = ''] = name.length > MAX_PLAIN ? [] : (PLAIN.exec(name) ?? []);
  const depth = calls.split('(').length;
  const isPlain = depth <= MAX_PLAIN_DEPTH && depth === ends.split(')').length && !calls.includes('template(');
  return path !== undefined && isPlain ? path : parsedPath(name);
}

function parsedPath(name: string): string | undefined {
  let node: Node | undefined;
  try {
    node = parseTarget(name);
  } catch {
    return undefined;
  }
  while (node !== undefined && node.kind !== 'path') {
    if (node.kind === 'template') node = node.body;
    else node = node.kind === 'call' ? node.args[0] : undefined;
  }
  return node?.text;
}

/** Series by key, in the order in which keys are first seen. */
export function groupSeries(list: readonly Series[], keyOf: (series: Series) => string): Map<string, Series[]> {
  const groups = new Map<string, Series[]>();
  for (const series of list) {
    const key = keyOf(series);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [series]);
    else group.push(series);
  }
  return groups;
}
