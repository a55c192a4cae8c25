import { last } from '#query/graphite/agg-func.ts';
import type { FunctionDef } from '#query/graphite/function-def.ts';
import { formatD, formatFloat, formatG } from '#query/graphite/number-format.ts';
import type { Param } from '#query/graphite/params.ts';
import { queryError } from '#query/graphite/query-error.ts';
import type { Series } from '#query/graphite/series.ts';
import { nodeKey } from './node-key.ts';
import { compilePattern } from './python-regex.ts';
import { NODES, SERIES } from './standard-params.ts';

const text = (name: string): Param => ({ name, type: 'string', required: true });

const alias: FunctionDef = {
  name: 'alias',
  group: 'Alias',
  docs: 'Names series.',
  params: [SERIES, text('newName')],
  run: (args) => args.series('seriesList').map((series) => ({ ...series, name: args.text('newName') })),
};

function byNode(name: string, nodes: Param, docs: string): FunctionDef {
  return {
    name,
    group: 'Alias',
    docs,
    params: [SERIES, { ...nodes, required: true }],
    run: (args) =>
      args.series('seriesList').map((series) => ({ ...series, name: nodeKey(series, args.nodes(nodes.name)) })),
  };
}

const aliasSub: FunctionDef = {
  name: 'aliasSub',
  group: 'Alias',
  docs: 'Renames series by a regular expression; \\1 stands for the first group.',
  params: [SERIES, text('search'), text('replace')],
  run: (args) => {
    const pattern = compilePattern(args.text('search'));
    return args
      .series('seriesList')
      .map((series) => ({ ...series, name: pattern.replace(series.name, args.text('replace')) }));
  },
};

const aliasQuery: FunctionDef = {
  name: 'aliasQuery',
  group: 'Alias',
  docs: 'Renames series by the last value of another target, whose text comes from a search and replace in the name.',
  params: [SERIES, text('search'), text('replace'), text('newName')],
  run: async (args, context) => {
    const pattern = compilePattern(args.text('search'));
    const out: Series[] = [];
    for (const series of args.series('seriesList')) {
      const query = pattern.replace(series.name, args.text('replace'));
      const [found] = await context.evaluate(query);
      if (found === undefined) throw queryError(`No series found with query: ${query}`);
      const value = last(found.values);
      if (Number.isNaN(value)) throw queryError(`Cannot get last value of series: ${found.name}`);
      out.push({ ...series, name: printed(args.text('newName'), value) });
    }
    return out;
  },
};

/** The printf conversions of one number that names use. */
function printed(format: string, value: number): string {
  return format.replace(
    /%(?:%|(?:\.(\d+))?([difegs]))/g,
    (all, decimals: string | undefined, kind: string | undefined) => {
      if (all === '%%') return '%';
      if (kind === 'd' || kind === 'i') return formatD(value);
      if (kind === 'f') return value.toFixed(Number(decimals ?? 6));
      if (kind === 'e') return value.toExponential(Number(decimals ?? 6)).replace(/e([+-])(\d)$/, 'e$10$2');
      return kind === 'g' ? formatG(value, Number(decimals ?? 6) || 1) : formatFloat(value);
    },
  );
}

/** Nodes `start` up to before `stop` of the innermost path in a name. */
function subPath(name: string, start: number, stop: number): string {
  const left = name.lastIndexOf('(') + 1;
  const right = name.indexOf(')');
  const clean = right < 0 ? name.slice(left) : name.slice(left, right);
  const nodes = clean.split('.').slice(start, stop === 0 ? undefined : stop);
  return nodes.join('.').replace(/,.*$/, '');
}

const substr: FunctionDef = {
  name: 'substr',
  group: 'Special',
  docs: 'Names series by a part of the nodes of their path.',
  params: [SERIES, { name: 'start', type: 'node', default: 0 }, { name: 'stop', type: 'node', default: 0 }],
  run: (args) =>
    args
      .series('seriesList')
      .map((series) => ({ ...series, name: subPath(series.name, args.number('start'), args.number('stop')) })),
};

const aliasByMetric: FunctionDef = {
  name: 'aliasByMetric',
  group: 'Alias',
  docs: 'Names series by the last node of their path.',
  params: [SERIES],
  run: (args) => args.series('seriesList').map((series) => ({ ...series, name: subPath(series.name, -1, 0) })),
};

function changingCase(name: string, longName: string, change: (name: string) => string): FunctionDef {
  return {
    name,
    aliases: [longName],
    group: 'Alias',
    docs: `Turns names into ${name} case: all of it, or the characters at the given places.`,
    params: [SERIES, { name: 'pos', type: 'node', multiple: true }],
    run: (args) => {
      const places = args.nodes('pos').map(Number);
      const changed = (old: string): string => {
        if (places.length === 0) return change(old);
        const at = new Set(places.map((place) => (place < 0 ? old.length + place : place)));
        return old.replace(/[\s\S]/g, (char, index: number) => (at.has(index) ? change(char) : char));
      };
      return args.series('seriesList').map((series) => ({ ...series, name: changed(series.name) }));
    },
  };
}

/** Functions that name series. */
export const aliasFunctions: readonly FunctionDef[] = [
  alias,
  byNode('aliasByNode', NODES, 'Names series by nodes of their path, or tags.'),
  byNode('aliasByTags', { ...NODES, name: 'tags' }, 'Names series by tags, or nodes of their path.'),
  aliasByMetric,
  aliasSub,
  aliasQuery,
  substr,
  changingCase('lower', 'toLowerCase', (name) => name.toLowerCase()),
  changingCase('upper', 'toUpperCase', (name) => name.toUpperCase()),
];
