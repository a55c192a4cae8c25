import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';

export type IngestData = {
  readonly lines: number;
  readonly series: number;
  /** One file of Graphite lines per connection. */
  readonly files: readonly string[];
  /** Of the newest sample, seconds. */
  readonly lastSecond: number;
  /** Per connection: the series whose samples come last. */
  readonly lastSeriesOf: readonly string[];
};

const STEP_S = 10;

/** Writes lines as a fleet of hosts sends them: every series once per step, values as agents print them. */
export async function writeIngestData(folder: string, lines: number, series: number): Promise<IngestData> {
  const steps = Math.floor(lines / series);
  const lastSecond = Math.floor(Date.now() / 1000);
  const half = series / 2;
  const files = [join(folder, 'lines-0.txt'), join(folder, 'lines-1.txt')];
  await Promise.all(files.map((file, i) => writeLines(file, { first: i * half, count: half, steps, lastSecond })));
  return {
    lines: steps * series,
    series,
    files,
    lastSecond,
    lastSeriesOf: [seriesName(half - 1), seriesName(series - 1)],
  };
}

/** Names as collectors make them: 100 metrics of each host. */
export function seriesName(index: number): string {
  const metric = index % 100;
  return `servers.web-${String(Math.floor(index / 100)).padStart(5, '0')}.cpu-${metric >> 3}.metric-${metric}.value`;
}

type Span = { readonly first: number; readonly count: number; readonly steps: number; readonly lastSecond: number };

async function writeLines(file: string, { first, count, steps, lastSecond }: Span): Promise<void> {
  const out = createWriteStream(file, { highWaterMark: 1 << 20 });
  const names = Array.from({ length: count }, (_, i) => seriesName(first + i));
  for (let step = 0; step < steps; step += 1) {
    const second = lastSecond - (steps - 1 - step) * STEP_S;
    const lines = names.map((name, i) => `${name} ${valueAt(i, step)} ${second}\n`);
    if (!out.write(lines.join(''))) await new Promise<void>((resolve) => out.once('drain', resolve));
  }
  out.end();
  await finished(out);
}

/** A third each: counters, gauges with two decimals, near-constant values. */
function valueAt(series: number, step: number): string {
  if (series % 3 === 0) return String(series * 1000 + step * 37);
  if (series % 3 === 1) return (Math.sin(series + step) * 50 + 50).toFixed(2);
  return String(series % 100);
}
