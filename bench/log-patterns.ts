/**
 * What patterns cost: time of the intake's thread with and without them, of lines that are all new, and bytes on disk.
 * `node bench/log-patterns.ts [lines]`.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogParser } from '#parsing/create-log-parser.ts';
import { PatternMiner } from '#pipeline/patterns/pattern-miner.ts';
import { LogBatches } from '#pipeline/thread/log-batches.ts';
import { LogIntake } from '#pipeline/thread/log-intake.ts';
import { LogTaps } from '#pipeline/thread/log-taps.ts';
import { testTelemetry } from '#storage/clickhouse/telemetry-fixture.ts';
import { benchLine } from './logs-data.ts';

const LINES = Number(process.argv[2] ?? 300_000);
const ROUNDS = 4;
const START = Math.floor(Date.now() / 86_400_000) * 86_400_000 - 86_400_000;
/** Lines of one batch, as in the product. */
const BATCH = 100_000;

const raw = Array.from({ length: LINES }, (_, i) => Buffer.from(benchLine(START, i).raw));
const rawBytes = raw.reduce((sum, { length }) => sum + length, 0);

/** Takes all lines as the ingest thread does; answers the microseconds of processor time a line. */
function pass(patterns: PatternMiner | undefined, onBatch: (block: Uint8Array) => void = () => undefined): number {
  const batches = new LogBatches();
  const taps = new LogTaps(
    () => () => true,
    () => undefined,
    () => 0,
  );
  const limits = { futureWindowMs: 600_000, maxAgeMs: 14 * 86_400_000, startedAt: START };
  const intake = new LogIntake({ parser: createLogParser(), batches, taps, patterns, ...limits });
  const now = Date.now();
  let spent = 0;
  for (let at = 0; at < raw.length; at += BATCH) {
    const before = process.cpuUsage().user;
    for (const body of raw.slice(at, at + BATCH)) intake.take({ body, source: 'bench' }, 0, '192.0.2.1', now);
    spent += process.cpuUsage().user - before;
    for (const chunk of batches.take()) {
      onBatch(chunk.encode());
      chunk.done();
    }
  }
  return spent / LINES;
}

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
const text = (value: number): string => value.toFixed(2);

function timeOfIntake(): void {
  const [without, withThem]: [number[], number[]] = [[], []];
  const miner = new PatternMiner();
  for (let round = 0; round < ROUNDS; round += 1) {
    without.push(pass(undefined));
    withThem.push(pass(miner));
  }
  const [a, b] = [median(without.slice(1)), median(withThem.slice(1))];
  console.log(
    `${LINES.toLocaleString('en')} lines, ${Math.round(rawBytes / LINES)} bytes each, parsed and put in columns, µs of processor a line:`,
  );
  console.log(
    `  without patterns ${text(a)}, with them ${text(b)}: ${text(b - a)} more, ratio ${text(b / a)}; ${miner.size} patterns`,
  );
}

/** Of lines that are read once, or of lines whose shapes are known. */
function timeOfMiner(name: string, lines: readonly string[], isKnown = false): void {
  const miner = new PatternMiner();
  const read = (): number => {
    const before = process.cpuUsage().user;
    for (const line of lines) miner.take('bench', line, 1);
    return (process.cpuUsage().user - before) / lines.length;
  };
  if (isKnown) for (let round = 0; round < 2; round += 1) read();
  console.log(`  ${name}: ${text(read())} µs a line, ${miner.size} patterns`);
}

/** A word without digits for each number. */
const word = (n: number): string => [...String(n)].map((digit) => 'klmnopqrst'[Number(digit)]).join('');

function timeOfHostile(): void {
  console.log('finding the pattern of a line alone:');
  const many = Array.from({ length: 100_000 }, (_, i) => i);
  const flat = (line: string): string => Buffer.from(line).toString();
  timeOfMiner(
    'known shapes',
    many.map((i) => benchLine(START, i).raw),
    true,
  );
  timeOfMiner(
    'every line new',
    many.map((i) => flat(`${word(i * 7)} ${word(i * 31)} went to ${word(i * 101)} with ${word(i * 13)}`)),
  );
  timeOfMiner(
    '10,000 words',
    many.slice(0, 5_000).map((i) => flat(`${word(i)} ${'word '.repeat(10_000)}`)),
  );
  timeOfMiner(
    '1 MiB of one word',
    many.slice(0, 200).map((i) => flat(`${word(i)} ${'x'.repeat(2 ** 20)}`)),
  );
  timeOfMiner(
    'quotes',
    many.slice(0, 20_000).map((i) => flat(`${word(i)} ${`"'`.repeat(600)}`)),
  );
}

/** Bytes of the column of patterns in one merged part. */
async function diskOfColumn(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'nocmate-bench-'));
  const stops: (() => Promise<void>)[] = [];
  const telemetry = testTelemetry({ after: (stop) => stops.push(stop) }, join(folder, 'data'));
  await telemetry.start();
  const blocks: Uint8Array[] = [];
  pass(new PatternMiner(), (block) => blocks.push(Buffer.from(block)));
  for (const [i, block] of blocks.entries()) {
    const path = join(folder, `${i}.native`);
    await writeFile(path, block);
    await telemetry.store.insertFile('logs', path, `bench-${i}`);
  }
  await telemetry.store.command('OPTIMIZE TABLE logs FINAL');
  const [row] = await telemetry.store.rows<{ pattern: string; all: string; n: string }>(
    `SELECT toString(sumIf(column_data_compressed_bytes + column_marks_bytes, column = 'pattern')) AS pattern,
       toString(sum(column_data_compressed_bytes)) AS all, toString(max(rows)) AS n
     FROM system.parts_columns WHERE table = 'logs' AND active`,
  );
  const share = (100 * Number(row?.pattern)) / rawBytes;
  console.log(
    `on disk: ${text(Number(row?.pattern) / LINES)} bytes a line, ${text(share)} % of raw (all columns ${text((100 * Number(row?.all)) / rawBytes)} %)`,
  );
  for (const stop of stops) await stop();
  await rm(folder, { recursive: true, force: true });
}

timeOfIntake();
timeOfHostile();
await diskOfColumn();
