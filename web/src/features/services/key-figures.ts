import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { CatalogueEntry } from '#core/api/collectors.ts';
import type { TextHeader } from '#core/api/text-query.ts';
import type { Frame } from '#core/frame.ts';
import type { Labels } from '#core/model/labels.ts';
import { askAnswer } from '#web/charts/ask-answer.ts';
import { useApi, useLive } from '#web/data/data-context.ts';

const SPAN_MS = 900_000;
const POINTS = 60;
const REFRESH_MS = 10_000;
const LIMIT = 5_000;
/** A rate needs a few samples. */
const SAMPLES_OF_RATE = 4;
const SHORTEST_RATE_MS = 60_000;
const BY = ['host', 'service', 'instance', 'check'] as const;

/** Values over the last minutes by {@link figureKey}: of key figures, and of checks whether all is well (1 or 0). */
export type KeyFigures = {
  readonly values: ReadonlyMap<string, Float64Array>;
  readonly ok: ReadonlyMap<string, Float64Array>;
};

const NONE: KeyFigures = { values: new Map(), ok: new Map() };

/** What tells the figures of one target from those of all others. */
export function figureKey(collector: string, labels: Labels): string {
  return [collector, ...BY.map((name) => labels[name] ?? '')].join('\n');
}

/** The key figures of all targets of these kinds, in one query, asked anew every 10 s. */
export function useKeyFigures(entries: readonly CatalogueEntry[]): KeyFigures {
  const api = useApi();
  const { client } = useLive();
  const text = keyFigureQuery(entries);
  const { data } = useQuery({
    queryKey: ['key-figures', text],
    enabled: text !== '',
    refetchInterval: REFRESH_MS,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const to = client.serverNow();
      const wanted = { from: to - SPAN_MS, to, maxPoints: POINTS, limit: LIMIT };
      return keyFiguresOf(await askAnswer(api, { language: 'promql', text, legend: '' }, wanted, signal));
    },
  });
  return data ?? NONE;
}

/** PromQL for the key figures of all these kinds; the labels `collector` and `figure` tell what a series is. */
export function keyFigureQuery(entries: readonly CatalogueEntry[]): string {
  return entries
    .flatMap(({ id, keyFigure, okMetric, intervalMs }) => {
      const range = `${Math.max(SHORTEST_RATE_MS, SAMPLES_OF_RATE * intervalMs) / 1_000}s`;
      const selector = keyFigure === undefined ? undefined : keyFigure.metric + matchersText(keyFigure.where);
      const figure = keyFigure?.isRate === true ? `rate(${selector}[${range}])` : selector;
      return [
        ...(figure === undefined ? [] : [marked(`sum by (${BY.join()}) (${figure})`, id, 'value')]),
        ...(okMetric === undefined ? [] : [marked(`min by (${BY.join()}) (${okMetric})`, id, 'ok')]),
      ];
    })
    .join(' or ');
}

function matchersText(where: Labels = {}): string {
  const matchers = Object.entries(where).map(([label, value]) => `${label}=${JSON.stringify(value)}`);
  return matchers.length === 0 ? '' : `{${matchers.join()}}`;
}

function marked(expression: string, collector: string, figure: 'value' | 'ok'): string {
  return `label_replace(label_replace(${expression}, "collector", "${collector}", "", ""), "figure", "${figure}", "", "")`;
}

/** Takes an answer apart. */
export function keyFiguresOf({ header, columns }: Pick<Frame<TextHeader>, 'header' | 'columns'>): KeyFigures {
  const values = new Map<string, Float64Array>();
  const ok = new Map<string, Float64Array>();
  if (header.type === 'table') return NONE;
  const perSeries = header.band ? 3 : 1;
  for (const [index, { labels }] of header.series.entries()) {
    const column = columns[index * perSeries] as Float64Array | undefined;
    if (column === undefined) continue;
    (labels['figure'] === 'ok' ? ok : values).set(figureKey(labels['collector'] ?? '', labels), column);
  }
  return { values, ok };
}
