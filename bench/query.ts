/**
 * Reading: discovery over a big catalogue, and ranges through HTTP against VictoriaMetrics in the same run.
 * `node bench/query.ts [catalogue series] [rounds]`; 0 series leaves discovery out.
 */
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { benchDiscovery } from './query-discovery.ts';
import { type QueryTarget, startProduct, startVictoria } from './query-targets.ts';
import { report, timed } from './query-timing.ts';

const [catalogue = 1_000_000, rounds = 50] = process.argv.slice(2).map(Number);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const FLEET = 1000;
const SETTLE_MS = 20_000;
/** All samples lie before this minute, so that both answer about the same span. */
const end = Math.floor(Date.now() / MINUTE) * MINUTE - MINUTE;

async function main(): Promise<void> {
  const peer = execFileSync('dpkg-query', ['-W', '-f', '${Package} ${Version}', 'victoria-metrics']).toString();
  console.log(`${new Date().toISOString()} node ${process.version}, ${peer}`);
  if (catalogue > 0) await benchDiscovery(catalogue, rounds);
  const ours = await measure(await startProduct(join(folder, 'nocmate')));
  const theirs = await measure(await startVictoria(join(folder, 'victoria')));
  ours.forEach((median, i) =>
    console.log(`ratio nocmate / VictoriaMetrics, ${QUESTIONS[i]?.name}: ${(median / (theirs[i] ?? 1)).toFixed(2)}`),
  );
}

type Question = { name: string; glob: string; span: number; step: number; series: number; points: number };

const QUESTIONS: readonly Question[] = [
  {
    name: 'one series, 24 h at 60 s',
    glob: 'bench.long.minutely',
    span: 24 * HOUR,
    step: MINUTE,
    series: 1,
    points: 1440,
  },
  { name: 'one series, 24 h at 10 s', glob: 'bench.long.fast', span: 24 * HOUR, step: 10_000, series: 1, points: 8640 },
  {
    name: '1,000 series, 1 h at 10 s',
    glob: 'bench.fleet.*.load',
    span: HOUR,
    step: 10_000,
    series: FLEET,
    points: FLEET * 360,
  },
];

async function measure(target: QueryTarget): Promise<number[]> {
  try {
    await send(target.graphitePort);
    const asks = QUESTIONS.map(
      ({ glob, span, step }) =>
        () =>
          target.range(glob, end - span, end - step, step),
    );
    for (const [i, ask] of asks.entries()) {
      while (!isWhole(await ask(), QUESTIONS[i] as Question)) await sleep(200);
    }
    // Both have merged what came in at once.
    await sleep(SETTLE_MS);
    const medians: number[] = [];
    for (const [i, ask] of asks.entries()) {
      const question = QUESTIONS[i] as Question;
      medians.push(report(`${target.name}: ${question.name}`, await timed(rounds, ask)));
    }
    return medians;
  } finally {
    await target.stop();
  }
}

const isWhole = (found: { series: number; points: number }, wanted: Question): boolean =>
  found.series === wanted.series && found.points >= wanted.points;

async function send(port: number): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  for (let t = end - 24 * HOUR; t < end; t += 10_000) {
    const second = t / 1000;
    let lines = `bench.long.fast ${Math.sin(second / 600) * 50} ${second}\n`;
    if (t % MINUTE === 0) lines += `bench.long.minutely ${second % 977} ${second}\n`;
    if (t >= end - HOUR) {
      for (let host = 0; host < FLEET; host += 1)
        lines += `bench.fleet.web-${host}.load ${(host * 7 + second) % 101} ${second}\n`;
    }
    if (!socket.write(lines)) await new Promise((resolve) => socket.once('drain', resolve));
  }
  socket.end();
  socket.resume();
  await finished(socket);
}

const folder = await mkdtemp(join(tmpdir(), 'nocmate-query-'));
try {
  await main();
} finally {
  await rm(folder, { recursive: true, force: true });
}
process.exit(0);
