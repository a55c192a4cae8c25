import type { TableHeader, TextRangeHeader, TextStats } from '#core/api/text-query.ts';
import type { AnswerPart, AnswerShape } from './answer-part.ts';
import type { ChartData, ChartStatus } from './chart-data.ts';

type Drawn = { readonly data: ChartData; readonly shape: AnswerShape };

/** What is said of answers: how many series, how fine, what they cost, what is odd. */
export function rangeStatus(
  parts: readonly AnswerPart[],
  tables: readonly TableHeader[],
  { data, shape }: Drawn,
): ChartStatus {
  const headers = parts.filter(({ shiftMs }) => shiftMs === 0).map(({ header }) => header);
  const coarsest = headers.reduce<TextRangeHeader | undefined>(
    (most, header) => (most === undefined || header.step > most.step ? header : most),
    undefined,
  );
  const annotations = headers.flatMap((header) => header.annotations ?? []);
  return {
    kind: 'ready',
    total: headers.reduce((sum, { series }) => sum + series.length, 0) + earlierLines(parts),
    truncated: headers.some(({ truncated }) => truncated),
    series: data.series,
    unit: shape.unit || (headers[0]?.unit ?? ''),
    ...(coarsest === undefined ? {} : { resolution: coarsest.resolution }),
    step: parts.length === 0 ? 0 : data.step,
    ...(shape.pollMs === undefined ? {} : { paceMs: Math.max(shape.pollMs, data.step) }),
    stats: totalOf([...headers, ...tables].map(({ stats }) => stats)),
    ...(tables.length === 0 ? {} : { tables }),
    ...(annotations.length === 0 ? {} : { annotations }),
  };
}

const earlierLines = (parts: readonly AnswerPart[]): number =>
  parts.reduce((sum, { lines, shiftMs }) => (shiftMs === 0 ? sum : sum + lines.length), 0);

/** Queries of a chart run side by side: the slowest is what was waited for. */
function totalOf(all: readonly TextStats[]): TextStats {
  const slowest = all.reduce<TextStats | undefined>(
    (most, one) => (most === undefined || one.ms > most.ms ? one : most),
    undefined,
  );
  return {
    ...(slowest ?? { ms: 0 }),
    seriesMatched: all.reduce((sum, { seriesMatched }) => sum + seriesMatched, 0),
    samplesRead: all.reduce((sum, { samplesRead }) => sum + samplesRead, 0),
  };
}
