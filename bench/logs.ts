/**
 * Log lines (four of ten web access, three syslog, three of applications with unique ids) from the first byte sent until
 * all can be searched, their size on disk with the text index after merges, and searches through the API; against `grep` and `zgrep` on
 * the raw file and PostgreSQL's full text search in the same run: `node bench/logs.ts [lines] [lines for PostgreSQL]`; no lines for
 * PostgreSQL: without peers. 10 M lines take 4 GB of the folder for temporary files (`TMPDIR`) and 2 GB of memory.
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, readFileSync } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { createHttpServer } from '#api/http/index.ts';
import { logRoutes } from '#api/logs/index.ts';
import { systemClock } from '#io/clock.ts';
import { createIngest, IngestConfig } from '#pipeline/index.ts';
import { createLogSearch } from '#query/logs/index.ts';
import { TelemetryConfig } from '#storage/clickhouse/config.ts';
import { createTelemetry, type Telemetry } from '#storage/clickhouse/index.ts';
import { benchLine, timeOf, uniqueId } from './logs-data.ts';
import { measureGrep, measurePostgres, type Needles } from './logs-peers.ts';
import { percentiles } from './logs-timing.ts';

const [lines = 10_000_000, postgresLines = lines / 10] = process.argv.slice(2).map(Number);
const LINES_PER_WRITE = 5_000;
const ROUNDS = 20;
/** A question that takes long is asked less often, but five times at least. */
const MAX_QUESTION_MS = 20_000;
const MIN_ROUNDS = 5;
const end = Math.floor(Date.now() / 3_600_000) * 3_600_000;
const start = end - timeOf(0, lines);

/** Work of others counts in times, and hardly in processor time. */
const say = (text: string): void => console.log(`nocmate: ${text} (load ${loadavg()[0]?.toFixed(1)})`);

async function writeLines(path: string): Promise<void> {
  const out = createWriteStream(path);
  for (let from = 0; from < lines; from += LINES_PER_WRITE) {
    const many = Array.from(
      { length: Math.min(LINES_PER_WRITE, lines - from) },
      (_, i) => benchLine(start, from + i).raw,
    );
    if (!out.write(`${many.join('\n')}\n`)) await once(out, 'drain');
  }
  out.end();
  await finished(out);
}

/** The id of an application's line in the middle of the data. */
function needle(): string {
  let line = Math.floor(lines / 2);
  while (!benchLine(start, line).raw.includes(uniqueId(line))) line += 1;
  return uniqueId(line);
}

async function ingest(telemetry: Telemetry, spoolDir: string, file: string): Promise<void> {
  const intake = createIngest({
    spoolDir,
    config: IngestConfig.parse({ maxLogAge: '30d' }),
    inputs: new Map([['lines', undefined]]),
    inputSettings: {},
    store: telemetry.store,
    clock: systemClock,
    logger: pino({ level: 'warn' }),
    workerFile: new URL('./logs-worker.ts', import.meta.url),
  });
  await intake.start();
  const port = intake.listeners()[0]?.address.split(':').at(-1) ?? '';
  execFileSync('sync');
  const pid = telemetry.processes()[0]?.pid ?? 0;
  const cpuBefore = { own: process.cpuUsage(), engine: cpuSeconds(pid) };
  const begin = performance.now();
  const rate = (): string => {
    const ms = performance.now() - begin;
    return `${Math.round(lines / ms)} k lines/s (${(ms / 1000).toFixed(1)} s)`;
  };
  const sender = spawn('bash', ['-c', 'exec cat "$0" > "/dev/tcp/127.0.0.1/$1"', file, port], { stdio: 'inherit' });
  await once(sender, 'exit');
  const received = (): number => intake.accounts().find(({ input }) => input === 'lines')?.received ?? 0;
  while (received() < lines) await sleep(20);
  const inSpool = rate();
  await intake.settled();
  say(`received ${inSpool}, durable and searchable ${rate()}`);
  const { user, system } = process.cpuUsage(cpuBefore.own);
  const engine = cpuSeconds(pid) - cpuBefore.engine;
  say(
    `CPU a line: ${((user + system) / lines).toFixed(1)} µs server, ${((engine * 1e6) / lines).toFixed(1)} µs engine`,
  );
  await intake.stop();
}

/** What a process has used so far; the kernel counts in 1/100 s. */
function cpuSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

type Question = readonly [name: string, route: string, body: object];

function questions({ id, terms, common }: Needles): readonly Question[] {
  const range = { from: start, to: end };
  const rows = { ...range, limit: 100 };
  const bars = { ...range, buckets: 60 };
  return [
    ['needle as a free word', 'search', { ...rows, query: id }],
    ['needle as field:value', 'search', { ...rows, query: `request_id:${id}` }],
    ['two terms', 'search', { ...rows, query: terms.join(' ') }],
    ['last 100 of a common term', 'search', { ...rows, query: common }],
    ['histogram over everything', 'histogram', { ...bars, query: '' }],
    ['histogram of a common term', 'histogram', { ...bars, query: common }],
    ['rare value, newest 100', 'search', { ...rows, query: 'http.response.status_code:500' }],
    ['number compared, newest 100', 'search', { ...rows, query: 'duration_ms:>4990' }],
    ['stats by service', 'stats', { ...range, query: '* | stats count() by service' }],
    ['stats of a number', 'stats', { ...range, query: 'order | stats count(), p95(duration_ms) by service' }],
  ];
}

/**
 * Searches through `/api/logs/*` over all of the data, none of them answered from the memory of the last one. Beside their times
 * the engine's processor time, which other work on the machine changes little.
 */
async function search(telemetry: Telemetry, needles: Needles): Promise<void> {
  const http = createHttpServer({
    routes: logRoutes(createLogSearch({ store: telemetry.store, clock: systemClock })),
    authenticate: () => Promise.resolve({ kind: 'token', id: '1', name: 'bench', scope: 'read' }),
    web: undefined,
    upgrade: (_request, socket) => socket.destroy(),
    logger: pino({ level: 'silent' }),
  });
  const { host, port } = await http.listen('127.0.0.1', 0);
  const pid = telemetry.processes()[0]?.pid ?? 0;
  for (const [name, route, body] of questions(needles)) {
    const times: number[] = [];
    const cpuBefore = cpuSeconds(pid);
    const begin = performance.now();
    while (times.length < MIN_ROUNDS || (times.length < ROUNDS && performance.now() - begin < MAX_QUESTION_MS)) {
      // A range of its own each time: the engine does not know the conditions from before.
      times.push(await ask(`http://${host}:${port}/api/logs/${route}`, { ...body, from: start - times.length }));
    }
    const cpu = ((cpuSeconds(pid) - cpuBefore) * 1_000) / times.length;
    say(`${name}: ${percentiles(times)}, engine ${cpu.toFixed(1)} ms CPU`);
  }
  await http.close(1_000);
}

/** Returns the milliseconds until the answer was there. */
async function ask(url: string, body: object): Promise<number> {
  const begin = performance.now();
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  const bytes = await answer.arrayBuffer();
  if (answer.status !== 200) throw new Error(`${url}: ${Buffer.from(bytes).toString()}`);
  return performance.now() - begin;
}

type Size = { readonly bytes: number; readonly parts: number };

async function ours(folder: string, file: string, needles: Needles): Promise<void> {
  const logger = pino({ level: 'warn' });
  const options = { dataDir: join(folder, 'data'), config: TelemetryConfig.parse({}), clock: systemClock, logger };
  const telemetry = createTelemetry(options);
  await telemetry.start();
  await ingest(telemetry, join(folder, 'spool'), file);
  const parts =
    "SELECT toFloat64(sum(bytes_on_disk)) AS bytes, toFloat64(count()) AS parts FROM system.parts WHERE table = 'logs' AND active";
  const size = async (when: string): Promise<void> => {
    const [{ bytes, parts: count } = { bytes: 0, parts: 0 }] = await telemetry.store.rows<Size>(parts);
    say(`${(bytes / (await stat(file)).size).toFixed(3)} of raw on disk in ${count} parts ${when}`);
  };
  await size('after ingest');
  await search(telemetry, needles);
  await telemetry.store.command('OPTIMIZE TABLE logs FINAL', { settings: { max_execution_time: 3_600 } });
  await size('after all merges');
  await search(telemetry, needles);
  await telemetry.stop();
}

const folder = await mkdtemp(join(tmpdir(), 'nocmate-bench-'));
try {
  const file = join(folder, 'lines.txt');
  await writeLines(file);
  const { size } = await stat(file);
  console.log(`${new Date().toISOString()} ${lines} lines, ${(size / 1e6).toFixed(0)} MB, node ${process.version}`);
  const needles: Needles = { id: needle(), terms: ['payment', 'authorised'], common: 'get' };
  await ours(folder, file, needles);
  if (postgresLines > 0) {
    measureGrep(file, needles);
    await measurePostgres(folder, file, { lines: postgresLines, needles });
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
process.exit(0);
