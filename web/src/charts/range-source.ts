import type { RangeHeader } from '#core/api/query.ts';
import type { TableHeader } from '#core/api/text-query.ts';
import type { Frame } from '#core/frame.ts';
import { canonicalKey, type Labels } from '#core/model/labels.ts';
import { type AnswerLine, type Grid, gridOver, linesOf, onGrid } from './answer-lines.ts';
import type { AnswerPart, AnswerShape, QueryAnswer } from './answer-part.ts';
import { type ChartData, type ChartSeries, type ChartSource, type ChartStatus, EMPTY_DATA } from './chart-data.ts';
import { type ChartQuery, nameSeries } from './chart-query.ts';
import { rangeStatus } from './range-status.ts';
import { fullName } from './series-name.ts';
import { tableAsLines } from './table-lines.ts';

export type RangeAnswer = Frame<RangeHeader>;

/** A chart's data from answers of `POST /api/query/range` and `/api/query/text`, put on one grid. */
export function rangeSource(
  queries: readonly ChartQuery[],
  asked: readonly QueryAnswer[],
  shape: AnswerShape,
): ChartSource {
  const answers = shape.tablesAsLines
    ? asked.map((answer) => ({ ...answer, frame: tableAsLines(answer.frame, shape.to) }))
    : asked;
  const parts = answers.flatMap((answer) => partOf(answer, shape.limit));
  const tables = answers
    .map(({ frame }) => frame.header)
    .filter((header): header is TableHeader => header.type === 'table');
  const data =
    parts.length === 0 ? { ...EMPTY_DATA, from: shape.from, to: shape.to } : chartData(queries, parts, shape);
  const status = rangeStatus(parts, tables, { data, shape });
  let last = Number.NEGATIVE_INFINITY;
  data.values.forEach((column, index) => {
    if (data.series[index]?.before !== undefined) return;
    const at = column.findLastIndex((value) => !Number.isNaN(value));
    if (at >= 0) last = Math.max(last, data.t[at] as number);
  });
  return { read: () => data, status: () => status, listen: () => () => undefined, lastSampleAt: () => last };
}

/** A source that has only something to say: loading, failed. */
export function silentSource(status: Partial<ChartStatus> & Pick<ChartStatus, 'kind'>): ChartSource {
  const whole: ChartStatus = { total: 0, truncated: false, series: [], unit: '', step: 0, ...status };
  return {
    read: () => EMPTY_DATA,
    status: () => whole,
    listen: () => () => undefined,
    lastSampleAt: () => Number.NEGATIVE_INFINITY,
  };
}

function partOf({ frame, ...rest }: QueryAnswer, limit: number): AnswerPart[] {
  const { header, columns } = frame;
  if (header.type === 'table') return [];
  return [{ ...rest, header, lines: linesOf(header, columns as readonly Float64Array[], limit) }];
}

/** Answers of different resolution are put on the finest grid of them: a value stands at the start of its step. */
function chartData(queries: readonly ChartQuery[], parts: readonly AnswerPart[], shape: AnswerShape): ChartData {
  const grid = gridOver(parts);
  const banded = parts.some(({ header, shiftMs }) => header.band && shiftMs === 0);
  const columns = (pick: (line: AnswerLine) => Float64Array): Float64Array[] =>
    parts.flatMap(({ lines, header, shiftMs }) =>
      lines.map((line) => onGrid(pick(line), { ...header, start: header.start + shiftMs }, grid)),
    );
  return {
    series: seriesOf(queries, parts),
    t: timesOf(grid),
    values: columns(({ avg }) => avg),
    ...(banded ? { min: columns(({ min }) => min), max: columns(({ max }) => max) } : {}),
    from: shape.from,
    to: shape.to,
    step: Math.max(...parts.map(({ header }) => header.step)),
  };
}

const timesOf = ({ start, step, points }: Grid): Float64Array =>
  Float64Array.from({ length: points }, (_, index) => start + index * step);

const labelsOf = ({ lines }: AnswerPart): readonly Labels[] => lines.map(({ labels }) => labels);

/** The series of each part in turn; those of an earlier time are called after those of now. */
function seriesOf(queries: readonly ChartQuery[], parts: readonly AnswerPart[]): ChartSeries[] {
  const now = parts.filter(({ shiftMs }) => shiftMs === 0);
  const named = nameSeries(
    queries,
    queries.map((_, query) => now.filter((part) => part.query === query).flatMap(labelsOf)),
  );
  return parts.flatMap((part) => {
    const own = named.filter(({ query }) => query === part.query);
    if (part.shiftMs === 0) return own;
    return part.lines.map(({ labels }) => earlierSeries(part, labels, own));
  });
}

function earlierSeries(part: AnswerPart, labels: Labels, now: readonly ChartSeries[]): ChartSeries {
  const key = canonicalKey(labels);
  const same = now.find((series) => canonicalKey(series.labels) === key);
  return {
    key: `${part.query} ${key} before`,
    name: `${same?.name ?? fullName(labels)} (${part.shiftName} before)`,
    labels,
    query: part.query,
    before: same?.key ?? key,
  };
}
