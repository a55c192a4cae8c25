import { formatFloat } from '#query/graphite/number-format.ts';
import type { Series } from '#query/graphite/series.ts';
import { type WallTime, wallClock } from '#query/graphite/time-zone.ts';
import { jsonNumber } from './json-number.ts';

/** Rows after which other work of the thread may run. */
const PIECE_ROWS = 2_000;

/** `format=raw`: a line `name,start,end,step|value,value,…` for each series. */
export function* renderRaw(list: readonly Series[]): Generator<string> {
  for (const series of list) {
    const head = `${series.name},${Math.trunc(series.start)},${Math.trunc(series.end)},${Math.trunc(series.step)}`;
    const values = Array.from(series.values, (value) => (Number.isNaN(value) ? 'None' : formatFloat(value)));
    yield `${head}|${values.join(',')}\n`;
  }
}

/** `format=csv`: a row of name, local time and value for each point. */
export function* renderCsv(list: readonly Series[], timeZone: string): Generator<string> {
  const times = new Map<number, string>();
  const clock = wallClock(timeZone);
  const timeOf = (epoch: number): string => {
    const known = times.get(epoch) ?? localTime(clock(epoch));
    times.set(epoch, known);
    return known;
  };
  for (const series of list) {
    const name = csvField(series.name);
    let rows = '';
    for (const [i, value] of series.values.entries()) {
      const shown = Number.isNaN(value) ? '' : formatFloat(value);
      rows += `${name},${timeOf(series.start + i * series.step)},${shown}\r\n`;
      if (i % PIECE_ROWS !== PIECE_ROWS - 1) continue;
      yield rows;
      rows = '';
    }
    yield rows;
  }
}

function localTime({ year, month, day, hour, minute, second }: WallTime): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${year}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}:${two(second)}`;
}

function csvField(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** `format=dygraph`: rows of time in ms and one value of each series, on the grid of the first. */
export function* renderDygraph(list: readonly Series[]): Generator<string> {
  const [first] = list;
  if (first === undefined) return yield '{}';
  const labels = ['Time', ...list.map((series) => series.name)];
  yield `{"labels" : ${JSON.stringify(labels)}, "data" : [`;
  const count = Math.max(0, Math.ceil((first.end - first.start) / first.step));
  for (let i = 0; i < count; i++) {
    const values = list.map((series) => dygraphNumber(series.values[i] ?? Number.NaN));
    yield `${i === 0 ? '' : ', '}[${(first.start + i * first.step) * 1000}, ${values.join(', ')}]`;
  }
  yield ']}';
}

/** Dygraphs reads JavaScript, in which infinity has a name. */
function dygraphNumber(value: number): string {
  return Number.isNaN(value) ? 'null' : String(value);
}

/** `format=rickshaw`: points as `{x, y}`. */
export function* renderRickshaw(list: readonly Series[]): Generator<string> {
  yield '[';
  for (const [index, series] of list.entries()) {
    const count = Math.min(series.values.length, Math.ceil((series.end - series.start) / series.step));
    const points = Array.from(
      series.values.subarray(0, count),
      (value, i) => `{"x": ${series.start + i * series.step}, "y": ${jsonNumber(value)}}`,
    );
    const before = index === 0 ? '' : ', ';
    yield `${before}{"target": ${JSON.stringify(series.name)}, "datapoints": [${points.join(', ')}]}`;
  }
  yield ']';
}
