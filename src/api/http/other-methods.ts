import type { Route } from '#core/route.ts';

/** Finds the methods that a path has routes for, sorted; none for a path that is unknown. */
export function methodsByPath(routes: readonly Pick<Route, 'method' | 'path'>[]): (path: string) => readonly string[] {
  const byPattern = Map.groupBy(routes, ({ path }) => path);
  const table = [...byPattern].map(([path, known]) => ({
    nodes: path.split('/'),
    methods: known.map(({ method }) => method),
  }));
  return (path) => {
    const asked = path.split('/');
    const found = table.filter(({ nodes }) => isMatch(nodes, asked)).flatMap(({ methods }) => methods);
    return [...new Set(found)].sort();
  };
}

/** Patterns are those of routes: `:name` stands for any node, `*` for the rest. */
function isMatch(nodes: readonly string[], asked: readonly string[]): boolean {
  const isOpen = nodes.at(-1) === '*';
  if (isOpen ? asked.length < nodes.length : asked.length !== nodes.length) return false;
  return nodes.every((node, at) => node === '*' || node === asked[at] || (node.startsWith(':') && asked[at] !== ''));
}
