/**
 * Graphite lines from the first byte sent until every sample can be queried, against peers in the same run.
 * `node bench/ingest.ts [lines] [series] [rounds]`; the senders are separate processes and the same for all.
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startCarbon } from './ingest-carbon.ts';
import { type IngestData, writeIngestData } from './ingest-data.ts';
import { startNocmate, startVictoriaMetrics, type Target } from './ingest-targets.ts';

const [lines = 5_000_000, series = 100_000, rounds = 1] = process.argv.slice(2).map(Number);
const VICTORIA_PORT = 22_003;
const CARBON_PORT = 22_013;
/** Carbon takes long: it gets this share of the lines. */
const CARBON_SHARE = 0.1;

const folder = await mkdtemp(join(tmpdir(), 'nocmate-bench-'));
try {
  await main();
} finally {
  await rm(folder, { recursive: true, force: true });
}
process.exit(0);

async function main(): Promise<void> {
  await measureAll();
  const some = await writeIngestData(folder, lines * CARBON_SHARE, series * CARBON_SHARE);
  console.log(`${some.lines} lines, ${some.series} series, ${version('graphite-carbon')}`);
  await measure(some, await startCarbon(join(folder, 'carbon'), CARBON_PORT));
}

async function measureAll(): Promise<void> {
  const data = await writeIngestData(folder, lines, series);
  console.log(
    `${new Date().toISOString()} ${data.lines} lines, ${data.series} series, ${data.files.length} connections`,
  );
  console.log(`node ${process.version}, ${version('victoria-metrics')}`);
  for (let round = 0; round < rounds; round += 1) {
    const ours = await measure(data, await startNocmate(join(folder, `nocmate-${round}`)));
    const theirs = await measure(data, await startVictoriaMetrics(join(folder, `victoria-${round}`), VICTORIA_PORT));
    console.log(`ratio nocmate / VictoriaMetrics: ${(ours / theirs).toFixed(2)}`);
  }
}

/** Lines per second; the target is stopped afterwards. */
async function measure(data: IngestData, target: Target): Promise<number> {
  // What was written before (the data, the last target's files) must not be flushed at this target's expense.
  execFileSync('sync');
  try {
    const start = performance.now();
    const senders = data.files.map((file) =>
      spawn('bash', ['-c', 'exec cat "$0" > "/dev/tcp/127.0.0.1/$1"', file, String(target.port)], { stdio: 'inherit' }),
    );
    const sent = Promise.all(senders.map((sender) => once(sender, 'exit'))).then(() => performance.now() - start);
    while (!(await target.isComplete(data))) await sleep(20);
    const elapsedMs = performance.now() - start;
    const rate = (data.lines * 1000) / elapsedMs;
    const seconds = (ms: number): string => (ms / 1000).toFixed(2);
    console.log(
      `${target.name}: ${Math.round(rate / 1000)} k lines/s (sent in ${seconds(await sent)} s, queryable in ${seconds(elapsedMs)} s) ${target.note()}`,
    );
    return rate;
  } finally {
    await target.stop();
  }
}

function version(program: string): string {
  return execFileSync('dpkg-query', ['-W', '-f', '${Package} ${Version}', program]).toString();
}
