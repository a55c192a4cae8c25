/**
 * Remote write against Prometheus' own receiver in the same run: the same bodies of 500 samples, the same senders, in turns.
 * A rate needs a machine with nothing else to do; processor time a sample, of whole process trees, does not. Ours counts
 * until the store has everything, and so long the other does not begin.
 *
 *     node bench/remote-write.ts [rounds] [senders] [steps of 15 s a round] [version of remote write that ours takes]
 */
import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Fleet, SERIES, STEP_MS } from './promql-data.ts';
import { isSame } from './promql-same.ts';
import { type PromTarget, startProduct, startPrometheus } from './promql-targets.ts';
import { treeCpuSeconds } from './remote-write-cpu.ts';
import { LeanSender } from './remote-write-sender.ts';

const [rounds = 6, senders = 20, steps = 40, version = 1] = process.argv.slice(2).map(Number);
const VERSION_2 = { 'content-type': 'application/x-protobuf;proto=io.prometheus.write.v2.Request' };

/** Everything of one round for one receiver: requests by time, those of one time side by side. */
type Bodies = readonly (readonly Uint8Array[])[];
type Lane = { readonly target: PromTarget; readonly version: 1 | 2; readonly fleet: Fleet; readonly rates: number[] };

const CHECKED: readonly string[] = [
  'sum by (handler) (http_requests_total)',
  'count by (handler) (request_seconds_bucket)',
  'sum(count_over_time({job="bench"}[1m]))',
  'node_load{instance=~"host-1.*7"}',
];

async function main(): Promise<void> {
  const prometheus = execFileSync('dpkg-query', ['-W', '-f', '${Package} ${Version}', 'prometheus']).toString();
  const size = `${SERIES} series, ${rounds} rounds of ${steps} steps, ${senders} senders, remote write ${version}.0`;
  console.log(`${new Date().toISOString()} node ${process.version}, ${prometheus}, ${size}, load ${await load()}`);
  const targets = [await startProduct(join(folder, 'nocmate')), await startPrometheus(join(folder, 'prometheus'))];
  const lanes = targets.map((target, i): Lane => {
    return { target, version: i === 0 && version === 2 ? 2 : 1, fleet: new Fleet(), rates: [] };
  });
  const end = Math.floor(Date.now() / STEP_MS) * STEP_MS;
  const start = end - rounds * steps * STEP_MS;
  try {
    // Every second round the other one begins.
    for (let round = 0; round < rounds; round += 1) {
      const times = Array.from({ length: steps }, (_, i) => start + (round * steps + i) * STEP_MS);
      for (const lane of round % 2 === 0 ? lanes : lanes.toReversed()) await measure(lane, times);
      const [ours = 0, theirs = 1] = lanes.map(({ rates }) => rates.at(-1) ?? 0);
      console.log(`round ${round + 1}: ratio ${(ours / theirs).toFixed(2)}, load ${await load()}`);
    }
    const [ours = 0, theirs = 1] = lanes.map(({ rates }) => median(rates));
    console.log(`median ${Math.round(ours)} and ${Math.round(theirs)} samples/s, ratio ${(ours / theirs).toFixed(2)}`);
    for (const query of CHECKED) await compare(targets, query, { start, end });
  } finally {
    for (const target of targets) await target.stop();
  }
}

async function measure({ target, version, fleet, rates }: Lane, times: readonly number[]): Promise<void> {
  const bodies = times.map((at) => fleet.bodies(at, version === 2 ? 2 : 1));
  const { address } = target;
  const headers = version === 2 ? { ...address.headers, ...VERSION_2 } : address.headers;
  const connections = await Promise.all(
    Array.from({ length: senders }, () => LeanSender.connect({ ...address, headers })),
  );
  const samples = times.length * SERIES;
  const cpu = treeCpuSeconds(target.pid);
  const own = process.cpuUsage();
  const began = performance.now();
  const waits = await sendAll(connections, bodies);
  const seconds = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(own);
  const sent = treeCpuSeconds(target.pid) - cpu;
  for (const one of connections) one.close();
  await target.settled();
  const whole = treeCpuSeconds(target.pid) - cpu;
  const micros = (used: number): string => ((used * 1e6) / samples).toFixed(2);
  rates.push(samples / seconds);
  console.log(
    `${target.name}: ${Math.round(samples / seconds)} samples/s, CPU a sample ${micros(sent)} µs (until stored ${micros(whole)}), ` +
      `senders ${micros((user + system) / 1e6)} µs, a request p50 ${at(waits, 0.5)} ms, p99 ${at(waits, 0.99)} ms`,
  );
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2;
}

const at = (waits: readonly number[], share: number): string =>
  (waits[Math.floor(waits.length * share)] ?? Number.NaN).toFixed(1);

/** Each sender has series of its own and sends their times in order, as Prometheus' shards do. Waits in ms, sorted. */
async function sendAll(connections: readonly LeanSender[], bodies: Bodies): Promise<number[]> {
  const parts = bodies[0]?.length ?? 0;
  const waits: number[] = [];
  let next = 0;
  const run = async (connection: LeanSender): Promise<void> => {
    for (let part = next++; part < parts; part = next++) {
      for (const ofTime of bodies) {
        const began = performance.now();
        await connection.send(ofTime[part] as Uint8Array);
        waits.push(performance.now() - began);
      }
    }
  };
  await Promise.all(connections.map(run));
  return waits.toSorted((a, b) => a - b);
}

type Span = { readonly start: number; readonly end: number };

async function compare(targets: readonly PromTarget[], query: string, { start, end }: Span): Promise<void> {
  const range = { start: String(start / 1000 + 600), end: String(end / 1000 - 60), step: '60' };
  const [ours = '', theirs = ''] = await Promise.all(
    targets.map((target) => target.ask('query_range', { query, ...range })),
  );
  console.log(`${query}: answers ${isSame(ours, theirs) ?? 'equal'}`);
}

const load = async (): Promise<string> => (await readFile('/proc/loadavg', 'utf8')).split(' ', 3).join(' ');

const folder = await mkdtemp(join(tmpdir(), 'nocmate-remote-write-'));
try {
  await main();
} finally {
  await rm(folder, { recursive: true, force: true });
}
process.exit(0);
