/**
 * Exports of logs through `POST /api/logs/export` of the whole product: rate, memory of the server meanwhile, and what a
 * reader who goes away leaves behind. `node bench/log-export.ts [lines]`
 */
import { readFile } from 'node:fs/promises';
import { Product } from '#test/product/product.ts';

const [lines = 1_000_000] = process.argv.slice(2).map(Number);
const LINES_PER_REQUEST = 20_000;
const SPACING_MS = 3;
const LOOK_EVERY_MS = 100;
const MIB = 2 ** 20;
const TICK_MS = 10;
const end = Date.now();
const product = await Product.start();

async function fill(): Promise<void> {
  const headers = { 'content-type': 'application/x-ndjson' };
  for (let at = 0; at < lines; at += LINES_PER_REQUEST) {
    const body = Array.from({ length: Math.min(LINES_PER_REQUEST, lines - at) }, (_, i) => lineOf(at + i)).join('');
    const answer = await product.request('/elasticsearch/bench/_bulk', { method: 'POST', body, headers });
    if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
  }
  await product.until(async () => {
    const [row] = await product.sql<{ n: string }>('SELECT count() AS n FROM logs');
    return Number(row?.n) >= lines;
  }, 600_000);
}

function lineOf(i: number): string {
  const line = {
    '@timestamp': new Date(end - i * SPACING_MS).toISOString(),
    level: i % 10 === 0 ? 'error' : 'info',
    message: `GET /api/items/${i % 5_000} took ${i % 700} ms for user-${i % 20_000} at node ${i % 40}`,
    host: { name: `web-${i % 40}` },
    status: i % 10 === 0 ? 500 : 200,
  };
  return `{"index":{}}\n${JSON.stringify(line)}\n`;
}

async function residentMiB(pid: number): Promise<number> {
  const [, kib = '0'] = /VmRSS:\s+(\d+)/.exec(await readFile(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kib) / 1_024;
}

type Watched = { readonly server: number; readonly engine: number };

/** The most memory that server and engine have until the end. */
async function watchMemory(signal: AbortSignal): Promise<Watched> {
  const pids = [product.pid, await product.childPid('engine')] as const;
  let most: Watched = { server: 0, engine: 0 };
  while (!signal.aborted) {
    const [server, engine] = await Promise.all([residentMiB(pids[0]), residentMiB(pids[1])]);
    most = { server: Math.max(most.server, server), engine: Math.max(most.engine, engine) };
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
  return most;
}

async function ask(format: string, signal?: AbortSignal): Promise<Response> {
  const body = JSON.stringify({
    query: '',
    from: end - lines * SPACING_MS - 1_000,
    to: end + 1_000,
    format,
    limit: 1e6,
  });
  const headers = { 'content-type': 'application/json' };
  return product.request('/api/logs/export', { method: 'POST', body, headers, ...(signal && { signal }) });
}

/** Processor time that server and engine have had, ms. */
async function cpuMs(): Promise<number> {
  const pids = [product.pid, await product.childPid('engine')];
  const stats = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/stat`, 'utf8')));
  return stats.reduce((sum, stat) => sum + ticksOf(stat) * TICK_MS, 0);
}

function ticksOf(stat: string): number {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return Number(fields[11]) + Number(fields[12]);
}

async function measure(format: string): Promise<void> {
  const watching = new AbortController();
  const memory = watchMemory(watching.signal);
  const before = await residentMiB(product.pid);
  const started = performance.now();
  const answer = await ask(format);
  const firstMs = performance.now() - started;
  let [bytes, rows] = [0, 0];
  for await (const chunk of answer.body ?? []) {
    bytes += chunk.length;
    for (const byte of chunk) if (byte === 10) rows += 1;
  }
  const seconds = (performance.now() - started) / 1_000;
  watching.abort();
  const { server, engine } = await memory;
  console.log(
    `${format}: ${rows} lines, ${(bytes / MIB).toFixed(0)} MiB in ${seconds.toFixed(1)} s: ${Math.round(rows / seconds)} lines/s;`,
    `counted after ${Math.round(firstMs)} ms; server ${before.toFixed(0)} → at most ${server.toFixed(0)} MiB, engine at most ${engine.toFixed(0)} MiB`,
  );
}

async function cancel(): Promise<void> {
  const second = async (): Promise<number> => {
    const before = await cpuMs();
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    return Math.round((await cpuMs()) - before);
  };
  const idle = await second();
  const client = new AbortController();
  const answer = await ask('ndjson', client.signal);
  await answer.body?.getReader().read();
  client.abort();
  const after = await second();
  console.log(`cancelled: ${after} ms of processor in the second after it, ${idle} ms in one without any export`);
}

try {
  await fill();
  console.log(`${lines} lines stored; load ${(await readFile('/proc/loadavg', 'utf8')).trim()}`);
  for (const format of ['ndjson', 'csv']) await measure(format);
  await cancel();
} finally {
  await product.remove();
}
