import { AppError } from '#core/errors.ts';
import { type Labels, NAME_LABEL } from '#core/model/labels.ts';
import type { MetricMetadata } from '#core/model/metric-metadata.ts';
import { type RouteRequest, RouteResponse } from '#core/route.ts';
import { DEFAULT_LOOKBACK_MS } from '#query/promql/engine.ts';
import { formatValue } from '#query/promql/number-text.ts';
import type { SourceSeries } from '#query/promql/source.ts';
import { isStale, wordsOf } from '#query/promql/value.ts';
import { PromFields } from './fields.ts';
import type { PrometheusApi } from './prometheus-api.ts';

const MAX_METADATA = 100_000;
const CLASSIC_NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
const CLASSIC_LABEL = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

type Current = { readonly name: string; readonly line: string };

/** `GET /federate`: the current value of every series that a selector matches, as text with times. */
export async function federate(api: PrometheusApi, request: RouteRequest): Promise<RouteResponse> {
  const fields = new PromFields(request);
  const selectors = fields.selectors('match[]', api.engine);
  if (selectors.length === 0) throw new AppError('bad_request', 'no match[] parameter provided');
  const now = api.clock.now();
  const interval = { from: now - DEFAULT_LOOKBACK_MS + 1, to: now };
  await api.settled();
  const { signal } = request;
  const [metadata, ...lists] = await Promise.all([
    api.source.metadata(undefined, MAX_METADATA),
    ...selectors.map((matchers) => api.source.select(matchers, interval, { signal })),
  ]);
  const types = new Map(metadata.map((one) => [one.metric, one]));
  const unique = new Map(lists.flat().map((series) => [JSON.stringify(series.labels), series]));
  const current = [...unique.values()].flatMap(currentLine);
  return new RouteResponse(exposition(current, types), {
    headers: { 'content-type': 'text/plain; version=1.0.0; charset=utf-8; escaping=allow-utf-8' },
  });
}

function currentLine({ labels, samples: { t, v, histograms } }: SourceSeries): Current[] {
  const last = t.length - 1;
  // The text format has no native histograms.
  if (last < 0 || histograms?.[last] !== undefined || isStale(wordsOf(v), last)) return [];
  const name = labels[NAME_LABEL] ?? '';
  return [{ name, line: `${seriesName(name, labels)} ${formatValue(v[last] as number)} ${t[last]}` }];
}

function exposition(lines: readonly Current[], metadata: ReadonlyMap<string, MetricMetadata>): string {
  const groups = Map.groupBy(lines, ({ name }) => name);
  return [...groups.keys()]
    .toSorted()
    .map((name) => {
      const type = metadata.get(name)?.type ?? metadata.get(name.replace(/_(total|bucket|sum|count)$/, ''))?.type;
      const head = `# TYPE ${quotedName(name)} ${classicType(type)}\n`;
      return `${head}${(groups.get(name) ?? []).map(({ line }) => `${line}\n`).join('')}`;
    })
    .join('');
}

/** The samples of a histogram stand by themselves here: only counters and gauges keep their type. */
const classicType = (type: string | undefined): string => (type === 'counter' || type === 'gauge' ? type : 'untyped');

const quotedName = (name: string): string => (CLASSIC_NAME.test(name) ? name : quote(name));

function seriesName(name: string, labels: Labels): string {
  const pairs = Object.keys(labels)
    .filter((label) => label !== NAME_LABEL)
    .toSorted()
    .map((label) => `${CLASSIC_LABEL.test(label) ? label : quote(label)}=${quote(labels[label] ?? '')}`);
  if (CLASSIC_NAME.test(name)) return pairs.length === 0 ? name : `${name}{${pairs.join(',')}}`;
  return `{${[...(name === '' ? [] : [quote(name)]), ...pairs].join(',')}}`;
}

const quote = (text: string): string =>
  `"${text.replace(/[\\"\n]/g, (character) => (character === '\n' ? '\\n' : `\\${character}`))}"`;
