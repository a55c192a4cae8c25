/**
 * PromQL and remote write against Prometheus in the same run: 10,000 series at 15 s over some hours, written by remote write,
 * then range queries whose answers are compared.
 *
 *     node bench/promql.ts [hours] [rounds] [senders]
 */
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Fleet, SERIES, STEP_MS } from './promql-data.ts';
import { isSame } from './promql-same.ts';
import { type PromTarget, startProduct, startPrometheus } from './promql-targets.ts';
import { report, timed } from './query-timing.ts';

const [hours = 6, rounds = 10, senders = 20] = process.argv.slice(2).map(Number);
const end = Math.floor(Date.now() / STEP_MS) * STEP_MS;
const start = end - hours * 3_600_000;

/** Range queries over everything that was written, at a step of 60 s. */
const QUERIES: readonly string[] = [
  'rate(http_requests_total{handler="/h1"}[5m])',
  'rate(http_requests_total[5m])',
  'sum by (handler) (rate(http_requests_total[5m]))',
  'sum by (instance) (node_load)',
  'histogram_quantile(0.9, sum by (le, handler) (rate(request_seconds_bucket[5m])))',
  'topk(5, node_load)',
  'node_load{instance=~"host-1.*7"}',
  'max_over_time(node_load{instance=~"host-1.*"}[10m])',
];

async function main(): Promise<void> {
  const version = execFileSync('dpkg-query', ['-W', '-f', '${Package} ${Version}', 'prometheus']).toString();
  const size = `${SERIES} series, ${hours} h at ${STEP_MS / 1000} s, ${senders} senders`;
  console.log(`${new Date().toISOString()} node ${process.version}, ${version}, ${size}`);
  const targets = [await startProduct(join(folder, 'nocmate')), await startPrometheus(join(folder, 'prometheus'))];
  try {
    const [ours, theirs] = await writeAll(targets);
    console.log(`ratio nocmate / Prometheus, remote write: ${((ours ?? 0) / (theirs ?? 1)).toFixed(2)}`);
    for (const query of QUERIES) await compare(query, targets);
  } finally {
    for (const target of targets) await target.stop();
  }
}

/** Sends the same bodies to each target in turn; returns the samples per second of each. */
async function writeAll(targets: readonly PromTarget[]): Promise<number[]> {
  const fleet = new Fleet();
  const seconds = targets.map(() => 0);
  let samples = 0;
  const stepsAtOnce = 40;
  for (let t = start; t < end; t += stepsAtOnce * STEP_MS) {
    const steps = Array.from({ length: stepsAtOnce }, (_, i) => t + i * STEP_MS).filter((at) => at < end);
    const bodies = steps.map((at) => fleet.bodies(at));
    samples += steps.length * SERIES;
    for (const [i, target] of targets.entries()) {
      const began = performance.now();
      // One time after the other, as Prometheus wants it; the bodies of one time beside each other.
      await sendAll(target, bodies);
      seconds[i] = (seconds[i] ?? 0) + (performance.now() - began) / 1000;
    }
  }
  return targets.map(({ name }, i) => {
    const rate = samples / (seconds[i] ?? 1);
    console.log(`${name}: remote write ${Math.round(rate)} samples/s acknowledged`);
    return rate;
  });
}

/** Each sender has series of its own and sends their times in order, as Prometheus' shards do. */
async function sendAll(target: PromTarget, bodies: readonly (readonly Uint8Array[])[]): Promise<void> {
  const parts = bodies[0]?.length ?? 0;
  let next = 0;
  const sender = async (): Promise<void> => {
    for (let part = next++; part < parts; part = next++) {
      for (const ofTime of bodies) await target.write(ofTime[part] as Uint8Array);
    }
  };
  await Promise.all(Array.from({ length: Math.min(senders, parts) }, sender));
}

async function compare(query: string, targets: readonly PromTarget[]): Promise<void> {
  const fields = { query, start: String(start / 1000 + 600), end: String(end / 1000 - 60), step: '60' };
  const [ours, theirs] = targets as [PromTarget, PromTarget];
  await untilSettled(ours);
  const [own, other] = [await firstAnswer(ours, fields), await firstAnswer(theirs, fields)];
  const difference = isSame(own.text, other.text);
  const medians: number[] = [];
  for (const target of targets) {
    const times = await timed(rounds, () => target.ask('query_range', fields));
    medians.push(report(`${target.name}: ${query}`, times));
  }
  const ratio = ((medians[0] ?? 0) / (medians[1] ?? 1)).toFixed(2);
  const first = `the first time ${own.ms.toFixed(0)} and ${other.ms.toFixed(0)} ms`;
  console.log(`ratio nocmate / Prometheus: ${ratio}, ${first}, answers ${difference ?? 'equal'}`);
}

/** Nothing of it is in memory yet, unless an earlier query has read the same series. */
async function firstAnswer(target: PromTarget, fields: Record<string, string>): Promise<{ text: string; ms: number }> {
  const began = performance.now();
  const text = await target.ask('query_range', fields);
  return { text, ms: performance.now() - began };
}

async function untilSettled(target: PromTarget): Promise<void> {
  const fields = { query: 'count(node_load)', time: String(end / 1000 - 15) };
  while (!(await target.ask('query', fields)).includes('"2000"')) await sleep(200);
}

const folder = await mkdtemp(join(tmpdir(), 'nocmate-promql-'));
try {
  await main();
} finally {
  await rm(folder, { recursive: true, force: true });
}
process.exit(0);
