import type { Labels } from '#core/model/labels.ts';
import type { FetchedSeries, FetchRequest, GraphiteSource } from './source.ts';

/** A series held in memory on a fixed step, for tests and trials: time in seconds → value. */
export type MemorySeries = {
  readonly name: string;
  readonly step: number;
  readonly points: ReadonlyMap<number, number>;
};

/**
 * A source over series in memory. Names are paths, or `name;tag=value` for tagged series; ranges are laid on the grid as
 * whisper does: from the first slot after `from` to the one that holds `until`.
 */
export function createMemorySource(list: readonly MemorySeries[]): GraphiteSource {
  const all = list.map((series) => ({ ...series, tags: tagsOf(series.name) }));
  return {
    fetch: async (request) => {
      const wanted = matcherOf(request.pattern);
      return all.filter(wanted).map((series) => cut(series, request));
    },
    find: async (glob) => {
      const depth = glob.split('.').length;
      const pattern = globPattern(glob);
      const found = new Map<string, { path: string; leaf: boolean }>();
      for (const { name } of all.filter((series) => !series.name.includes(';'))) {
        const nodes = name.split('.');
        const path = nodes.slice(0, depth).join('.');
        const leaf = nodes.length === depth;
        if (nodes.length >= depth && pattern.test(path)) found.set(`${path} ${leaf}`, { path, leaf });
      }
      return [...found.values()];
    },
  };
}

type Tagged = MemorySeries & { readonly tags: Labels };

function tagsOf(name: string): Labels {
  const [metric = '', ...pairs] = name.split(';');
  return { __name__: metric, ...Object.fromEntries(pairs.map((pair) => pair.split('=', 2) as [string, string])) };
}

function cut(series: Tagged, { from, until }: FetchRequest): FetchedSeries {
  const { step, name, tags } = series;
  const start = from - (from % step) + step;
  const end = Math.max(until - (until % step) + step, start + step);
  const values = new Float64Array((end - start) / step);
  for (let i = 0; i < values.length; i++) values[i] = series.points.get(start + i * step) ?? Number.NaN;
  return { name, tags, start, end, step, values };
}

function matcherOf(pattern: FetchRequest['pattern']): (series: Tagged) => boolean {
  if (typeof pattern === 'string') {
    const glob = globPattern(pattern);
    return ({ name }) => glob.test(name);
  }
  const tests = pattern.tagExpressions.map(tagTest);
  return ({ tags }) => tests.every((test) => test(tags));
}

function tagTest(expression: string): (tags: Labels) => boolean {
  const [, tag = '', operator, value = ''] = /^([^!=~]+)(!?=~?)(.*)$/s.exec(expression) ?? [];
  const regex = operator?.endsWith('~') === true ? new RegExp(`^(?:${value})`) : undefined;
  const isWanted = operator?.startsWith('!') !== true;
  return (tags) => {
    const actual = tags[tag === 'name' ? '__name__' : tag] ?? '';
    return (regex === undefined ? actual === value : regex.test(actual)) === isWanted;
  };
}

/** A regular expression for a path glob; wildcards stay within a node. */
function globPattern(glob: string): RegExp {
  const source = glob.replace(/\[!?[^\]]*\]|[*?{},]|[^*?{},[\]]+/g, (part) => {
    if (part === '*') return '[^.]*';
    if (part === '?') return '[^.]';
    if (part === '{') return '(?:';
    if (part === '}') return ')';
    if (part === ',') return '|';
    if (part.startsWith('[')) return part.replace(/^\[!/, '[^');
    return part.replace(/[.\\+^$|()]/g, '\\$&');
  });
  return new RegExp(`^${source}$`);
}
