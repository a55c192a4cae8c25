/**
 * `/render` against graphite-web over whisper, the same data in the same run and the two asked in turns: one series over
 * 24 h, 1,000 over 1 h, 100 over 24 h through five nested functions. The client that reads both counts, decoding does not. `noCache` turns graphite-web's caches of answers off; we have none. Both have the samples in memory after the first
 * round: ours in the sample cache, whisper's files in the page cache.
 * `node bench/graphite.ts [rounds]`; needs Debian's graphite-web and graphite-carbon.
 */
import { deepEqual } from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { Agent } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Product } from '../test/product/product.ts';
import { end, FIVE, FLEET, HOUR, NESTED, send } from './graphite-data.ts';
import { readAnswer } from './graphite-reader.ts';
import { startGraphiteWeb } from './graphite-web.ts';
import { treeCpuSeconds } from './remote-write-cpu.ts';

const [rounds = 30] = process.argv.slice(2).map(Number);
const DAY = 24 * HOUR;
/** Rounds before those that count: what is asked every few seconds is compiled and in the caches of the processor. */
const WARM_UPS = 12;

type Asked = {
  readonly target: string;
  readonly span: number;
  /** Up to the moment, as dashboards ask, rather than to the last sample. */
  readonly isUntilNow?: true;
  readonly extra?: Readonly<Record<string, string>>;
};
type Question = Asked & { readonly name: string; readonly points: number };

const QUESTIONS: readonly Question[] = [
  { name: 'one series, 24 h at 60 s', target: 'bench.long.minutely', span: DAY, points: 1440 },
  { name: 'the same, up to now', target: 'bench.long.minutely', span: DAY, points: 1440, isUntilNow: true },
  { name: 'sum of one series, 24 h', target: 'sumSeries(bench.long.*)', span: DAY, points: 1440 },
  { name: '1,000 series, 1 h at 10 s', target: 'bench.fleet.*.load', span: HOUR, points: FLEET * 360 },
  { name: 'sum of 1,000 series, 1 h', target: 'sumSeries(bench.fleet.*.load)', span: HOUR, points: 360 },
  { name: '100 series, 24 h, five functions', target: FIVE, span: DAY, points: NESTED * 1440 },
  { name: 'the same, up to now', target: FIVE, span: DAY, points: NESTED * 1440, isUntilNow: true },
  {
    name: 'the same for 1,000 points each',
    target: FIVE,
    span: DAY,
    points: NESTED * 720,
    extra: { maxDataPoints: '1000' },
  },
];

type Peer = {
  readonly name: string;
  readonly graphitePort: number;
  readonly read: (path: string) => Promise<Buffer>;
  readonly cpuSeconds: () => number;
  readonly stop: () => Promise<unknown>;
};

async function main(): Promise<void> {
  const packages = ['graphite-web', 'graphite-carbon', 'python3-whisper'];
  const versions = execFileSync('dpkg-query', ['-W', '-f', '${Package} ${Version}, ', ...packages]).toString();
  console.log(`${new Date().toISOString()} node ${process.version}, ${versions}${rounds} rounds, load ${await load()}`);
  const peers = [await nocmate(), await graphiteWeb(join(folder, 'graphite'))];
  try {
    for (const peer of peers) await send(peer.graphitePort);
    for (const question of QUESTIONS) await compare(peers, question);
  } finally {
    for (const peer of peers) await peer.stop();
  }
  console.log(`load ${await load()}`);
}

const load = async (): Promise<string> => (await readFile('/proc/loadavg', 'utf8')).split(' ', 3).join(' ');

async function nocmate(): Promise<Peer> {
  const product = await Product.start({ data: join(folder, 'nocmate'), launcher: true });
  const { port } = await product.listener('graphite-plaintext');
  const authorization = `Bearer ${await product.token('read')}`;
  const agent = new Agent({ keepAlive: true });
  return {
    name: 'nocmate',
    graphitePort: port,
    read: (at) => readAnswer(product.base + at, { headers: { authorization }, agent }),
    cpuSeconds: () => treeCpuSeconds(product.pid),
    stop: () => product.stop(),
  };
}

async function graphiteWeb(at: string): Promise<Peer> {
  const { base, graphitePort, pids, stop } = await startGraphiteWeb(at);
  const cpuSeconds = (): number => pids.reduce((sum, pid) => sum + treeCpuSeconds(pid), 0);
  return { name: 'graphite-web', graphitePort, read: (question) => readAnswer(base + question, {}), cpuSeconds, stop };
}

async function compare(peers: readonly Peer[], question: Question): Promise<void> {
  for (const { read } of peers) {
    while (pointsOf(known(await read(path(question)))) < question.points) await sleep(500);
  }
  const answers = [];
  for (const { read } of peers) answers.push(known(await read(path(question))));
  deepEqual(answers[0], answers[1], `${question.name}: the answers differ`);
  for (let round = 0; round < WARM_UPS; round += 1) for (const { read } of peers) await read(path(question));
  const taken = peers.map(() => ({ times: [] as number[], cpuSeconds: 0 }));
  for (let round = 0; round < rounds; round += 1) {
    for (const [i, { read, cpuSeconds }] of peers.entries()) {
      const of = taken[i] ?? { times: [], cpuSeconds: 0 };
      const [cpu, start] = [cpuSeconds(), performance.now()];
      await read(path(question));
      of.times.push(performance.now() - start);
      of.cpuSeconds += cpuSeconds() - cpu;
    }
  }
  const shown = taken.map(({ times, cpuSeconds }) => ({
    p50: median(times),
    best: Math.min(...times),
    cpu: (cpuSeconds * 1000) / rounds,
  }));
  report(question.name, shown[0] ?? NOTHING, shown[1] ?? NOTHING);
}

/** Milliseconds; `best` is the shortest of all rounds, what a quiet moment of a busy machine gives. */
type Shown = { readonly p50: number; readonly best: number; readonly cpu: number };
const NOTHING: Shown = { p50: Number.NaN, best: Number.NaN, cpu: Number.NaN };

function report(name: string, ours: Shown, theirs: Shown): void {
  const shown = (['p50', 'best', 'cpu'] as const).map((key) => {
    const [a, b] = [ours[key], theirs[key]];
    return `${key} ${a.toFixed(1)} / ${b.toFixed(1)} ms (${(a / b).toFixed(3)})`;
  });
  console.log(`${name}: ${shown.join(', ')}`);
}

const median = (times: readonly number[]): number => times.toSorted((a, b) => a - b)[times.length >> 1] ?? Number.NaN;

function path({ target, span, isUntilNow, extra }: Asked): string {
  const until = isUntilNow === true ? Math.floor(Date.now() / 1000) : end;
  const range = { from: String(end - span), until: String(until) };
  return `/render?${new URLSearchParams({ target, ...range, format: 'json', noCache: '1', ...extra }).toString()}`;
}

type Rendered = { readonly target: string; readonly datapoints: readonly (readonly [number | null, number])[] };

/** Names and points with a value. */
function known(answer: Buffer): Rendered[] {
  if (answer[0] !== 0x5b) return [];
  const list = JSON.parse(answer.toString()) as Rendered[];
  return list.map(({ target, datapoints }) => ({ target, datapoints: datapoints.filter(([value]) => value !== null) }));
}

const pointsOf = (list: readonly Rendered[]): number => list.reduce((sum, one) => sum + one.datapoints.length, 0);

const folder = await mkdtemp(join(tmpdir(), 'nocmate-bench-graphite-'));
try {
  await main();
} finally {
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
}
