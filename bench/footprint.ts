/**
 * Start time and resident memory of the product: `node bench/footprint.ts [idle seconds]`. Memory counts every process of the
 * tree with the launcher (RSS counts shared pages in each process, PSS shares them out) idle, and while 100,000 series are sent every 10 s.
 */

import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Product } from '#test/product/product.ts';
import { seriesName } from './ingest-data.ts';

const [idleSeconds = 60] = process.argv.slice(2).map(Number);
const SERIES = 100_000;
const ROUNDS = 4;
const STEP_MS = 10_000;
const MIB = 2 ** 20;
const KIB = 2 ** 10;

console.log(`${new Date().toISOString()} node ${process.version}`);
const product = await timed('first start (new data folder), until everything serves', () =>
  Product.start({ launcher: true }),
);
await sleep(idleSeconds * 1000);
report(`idle for ${idleSeconds} s`);
await load();
report(`${SERIES} series every ${STEP_MS / 1000} s`);
console.log(
  `event loop p99 of the API thread under that load: ${Math.round((await product.self()).eventLoopP99Ms)} ms`,
);
await product.stop();
await timed('start on existing data, until HTTP answers', () => product.launch());
await timed('   and from there until everything serves', () => product.untilReady());
await product.remove();

async function timed<Answer>(what: string, action: () => Promise<Answer>): Promise<Answer> {
  const start = performance.now();
  const answer = await action();
  console.log(`${what}: ${((performance.now() - start) / 1000).toFixed(2)} s`);
  return answer;
}

/** Sends one sample of each series, a few rounds. */
async function load(): Promise<void> {
  const socket = connect(await product.listener('graphite-plaintext/tcp'));
  await once(socket, 'connect');
  for (let round = 0; round < ROUNDS; round += 1) {
    const next = sleep(STEP_MS);
    const second = Math.floor(Date.now() / 1000);
    const lines = Array.from({ length: SERIES }, (_, i) => `${seriesName(i)} ${round + i / 7} ${second}\n`);
    if (!socket.write(lines.join(''))) await once(socket, 'drain');
    await next;
  }
  socket.end();
}

function report(when: string): void {
  const pids = [product.pid, ...descendants(product.pid)];
  const sizes = pids.flatMap(memoryOf);
  const total = (key: 'rss' | 'pss'): number => Math.round(sizes.reduce((sum, size) => sum + size[key], 0) / MIB);
  const each = sizes.map(({ name, rss }) => `${name} ${Math.round(rss / MIB)}`).join(', ');
  console.log(`${when}: RSS ${total('rss')} MiB, PSS ${total('pss')} MiB (RSS each: ${each})`);
}

function descendants(pid: number): number[] {
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((other) => parentOf(other) === pid);
  return children.flatMap((child) => [child, ...descendants(child)]);
}

function parentOf(pid: number): number {
  const stat = procFile(pid, 'stat') ?? '';
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
}

/** Empty for a process that ended while we looked. */
function memoryOf(pid: number): { name: string; rss: number; pss: number }[] {
  const [sizes, name] = [procFile(pid, 'smaps_rollup'), procFile(pid, 'comm')];
  if (sizes === undefined || name === undefined) return [];
  const field = (key: string): number => Number(new RegExp(`^${key}:\\s+(\\d+)`, 'm').exec(sizes)?.[1] ?? 0) * KIB;
  return [{ name: name.trim(), rss: field('Rss'), pss: field('Pss') }];
}

function procFile(pid: number, file: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return undefined;
  }
}
