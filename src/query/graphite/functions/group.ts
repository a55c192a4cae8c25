import type { CallContext, FunctionDef } from '#query/graphite/function-def.ts';
import type { Param } from '#query/graphite/params.ts';
import { queryError } from '#query/graphite/query-error.ts';
import type { Series } from '#query/graphite/series.ts';
import { aggregateSeries } from './aggregate-series.ts';
import { groupSeries, nodeKey } from './node-key.ts';
import { NODES, SERIES } from './standard-params.ts';

const CALLBACK: Param = { name: 'callback', type: 'aggOrSeriesFunc', required: true };

/** Each group through a callback: a function of that name if there is one, else the aggregation. */
async function reduceGroups(
  groups: ReadonlyMap<string, readonly Series[]>,
  callback: string,
  context: CallContext,
): Promise<Series[]> {
  const out: Series[] = [];
  for (const [name, group] of groups) {
    const called = await context.call(callback, [group]);
    const [series] =
      called ?? (await aggregateSeries(group, { func: callback, xFilesFactor: context.xFilesFactor }, context));
    if (series !== undefined) out.push({ ...series, name });
  }
  return out;
}

const groupByNode: FunctionDef = {
  name: 'groupByNode',
  group: 'Combine',
  docs: 'Groups series by one node or tag and combines each group.',
  params: [
    SERIES,
    { name: 'nodeNum', type: 'nodeOrTag', required: true },
    { name: 'callback', type: 'aggOrSeriesFunc', default: 'average' },
  ],
  run: (args, context) => {
    const node = args.value('nodeNum') as string | number;
    const groups = groupSeries(args.series('seriesList'), (series) => nodeKey(series, [node]));
    return reduceGroups(groups, args.text('callback'), context);
  },
};

const groupByNodes: FunctionDef = {
  name: 'groupByNodes',
  group: 'Combine',
  docs: 'Groups series by several nodes or tags and combines each group.',
  params: [SERIES, CALLBACK, NODES],
  run: (args, context) => {
    const groups = groupSeries(args.series('seriesList'), (series) => nodeKey(series, args.nodes('nodes')));
    return reduceGroups(groups, args.text('callback'), context);
  },
};

const groupByTags: FunctionDef = {
  name: 'groupByTags',
  group: 'Combine',
  docs: 'Groups series by tags and combines each group; the result is named by the tags.',
  params: [SERIES, CALLBACK, { name: 'tags', type: 'tag', required: true, multiple: true }],
  run: async (args, context) => {
    const list = args.series('seriesList');
    const tags = args.nodes('tags').map(String);
    const callback = args.text('callback');
    const names = new Set(list.map((series) => series.tags.name));
    const common = names.size === 1 ? String([...names][0]) : callback;
    const others = tags.filter((tag) => tag !== 'name');
    const groups = groupSeries(list, (series) => {
      const pairs = others.map((tag) => `${tag}=${series.tags[tag] ?? ''}`).sort();
      return [tags.includes('name') ? (series.tags.name ?? '') : common, ...pairs].join(';');
    });
    const combined = await reduceGroups(groups, callback, context);
    return combined.map((series) => ({ ...series, pathExpression: series.name, tags: tagsOfName(series.name) }));
  },
};

function tagsOfName(name: string): Record<string, string> {
  const [metric = '', ...pairs] = name.split(';');
  const tags = pairs.map((pair): [string, string] => {
    const cut = pair.indexOf('=');
    return [pair.slice(0, cut), pair.slice(cut + 1)];
  });
  return { name: metric, ...Object.fromEntries(tags) };
}

const mapSeries: FunctionDef = {
  name: 'mapSeries',
  aliases: ['map'],
  group: 'Combine',
  docs: 'Splits series into one list for each value of the given nodes; used with reduceSeries.',
  params: [SERIES, { name: 'mapNodes', type: 'nodeOrTag', required: true, multiple: true }],
  run: (args) => [
    ...groupSeries(args.series('seriesList'), (series) => nodeKey(series, args.nodes('mapNodes'))).values(),
  ],
};

const reduceSeries: FunctionDef = {
  name: 'reduceSeries',
  aliases: ['reduce'],
  group: 'Combine',
  docs: 'Calls a function with the series of each list that match the given node values, in that order.',
  params: [
    { name: 'seriesLists', type: 'seriesLists', required: true },
    { name: 'reduceFunction', type: 'string', required: true },
    { name: 'reduceNode', type: 'node', required: true },
    { name: 'reduceMatchers', type: 'string', required: true, multiple: true },
  ],
  run: async (args, context) => {
    const func = args.text('reduceFunction');
    const node = args.number('reduceNode');
    const matchers = args.values('reduceMatchers').map(String);
    const slots = new Map<string, Map<string, Series>>();
    for (const series of args.lists('seriesLists').flat()) {
      const nodes = series.name.split('.');
      const value = nodes.at(node);
      if (value === undefined || !matchers.includes(value)) continue;
      const key = `${nodes.slice(0, node).join('.')}.reduce.${func}`;
      slots.set(key, (slots.get(key) ?? new Map<string, Series>()).set(value, series));
    }
    return reduceSlots(slots, { func, matchers }, context);
  },
};

async function reduceSlots(
  slots: ReadonlyMap<string, ReadonlyMap<string, Series>>,
  how: { readonly func: string; readonly matchers: readonly string[] },
  context: CallContext,
): Promise<Series[]> {
  const out: Series[] = [];
  for (const [name, found] of slots) {
    const lists = how.matchers.map((matcher) => found.get(matcher)).filter((series) => series !== undefined);
    if (lists.length < how.matchers.length) continue;
    const called = await context.call(
      how.func,
      lists.map((series) => [series]),
    );
    if (called === undefined) throw queryError(`Received request for unknown function: ${how.func}`);
    if (called[0] !== undefined) out.push({ ...called[0], name });
  }
  return out;
}

const applyByNode: FunctionDef = {
  name: 'applyByNode',
  group: 'Combine',
  docs: 'Evaluates a template once for each distinct prefix of the paths; % stands for the prefix.',
  params: [
    SERIES,
    { name: 'nodeNum', type: 'node', required: true },
    { name: 'templateFunction', type: 'string', required: true },
    { name: 'newName', type: 'string' },
  ],
  run: async (args, context) => {
    const list = args.series('seriesList');
    const end = args.number('nodeNum') + 1;
    const prefixes = new Set(list.map((series) => series.name.split('.').slice(0, end).join('.')));
    const range = list.at(-1);
    const out: Series[] = [];
    for (const prefix of [...prefixes].sort()) {
      const evaluated = await context.evaluate(withPrefix(args.text('templateFunction'), prefix));
      for (const series of evaluated) {
        const newName = args.optionalText('newName');
        const name = newName === undefined ? series.name : withPrefix(newName, prefix);
        const { start, end: last } = range ?? series;
        out.push({ ...series, name, pathExpression: prefix, start, end: last });
      }
    }
    return out;
  },
};

const MAX_TEMPLATE = 64 * 1024;

function withPrefix(template: string, prefix: string): string {
  const length = template.length + (template.split('%').length - 1) * prefix.length;
  if (length > MAX_TEMPLATE) throw queryError(`applyByNode makes a text longer than ${MAX_TEMPLATE} characters`);
  return template.replaceAll('%', prefix);
}

const group: FunctionDef = {
  name: 'group',
  group: 'Combine',
  docs: 'Puts several series lists together.',
  params: [{ name: 'seriesLists', type: 'seriesList', multiple: true }],
  run: (args) => args.allSeries('seriesLists'),
};

/** Functions that group series. */
export const groupFunctions: readonly FunctionDef[] = [
  group,
  groupByNode,
  groupByNodes,
  groupByTags,
  mapSeries,
  reduceSeries,
  applyByNode,
];
