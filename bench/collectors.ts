/**
 * `node bench/collectors.ts [targets] [seconds]`: so many Redis targets every 10 s, each on an address of its own. Prints the
 * share of a core that collecting takes in this process, how late runs end, and memory. The servers are another process.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { RecordBatch } from '#core/sink.ts';
import { systemClock } from '#io/clock.ts';
import { createLogger } from '#io/log.ts';
import redis from '#plugins/collectors/redis/index.ts';
import { createCollectorRunner } from '#work/index.ts';

const INFO = new URL('../src/plugins/collectors/redis/cases/debian-12/info.txt', import.meta.url);
const PORT = 16_379;
const WARM_UP_MS = 12_000;

/** An address of loopback for each target, so that none shares the limit of a host. */
const addressOf = (index: number): string => `127.1.${Math.floor(index / 250)}.${(index % 250) + 1}`;

async function serve(count: number): Promise<void> {
  const info = readFileSync(INFO);
  const reply = Buffer.concat([Buffer.from(`$${info.length}\r\n`), info, Buffer.from('\r\n')]);
  for (let i = 0; i < count; i++) {
    const server = createServer((socket) => socket.on('data', () => socket.write(reply)).on('error', () => undefined));
    await once(server.listen(PORT, addressOf(i)), 'listening');
  }
  process.send?.('ready');
  process.once('disconnect', () => process.exit());
}

async function measure(count: number, seconds: number): Promise<void> {
  const servers = fork(fileURLToPath(import.meta.url), ['serve', String(count)]);
  await once(servers, 'message');
  const late: number[] = [];
  let samples = 0;
  const note = ({
    samples: { keys, t } = { keys: [], t: new Float64Array(), values: new Float64Array() },
  }: RecordBatch) => {
    late.push(Date.now() - (t[0] ?? 0));
    samples += keys.length;
  };
  const runner = createCollectorRunner({
    plugins: new Map([['redis', redis]]),
    config: { redis: Array.from({ length: count }, (_, i) => ({ address: `${addressOf(i)}:${PORT}` })) },
    host: 'bench',
    sink: {
      writeRecords: async (batch) => {
        note(batch);
        return { accepted: 0, rejectedTotal: 0, rejected: [] };
      },
    },
    events: { append: ({ message }) => console.log(message) },
    secrets: { resolve: async () => '' },
    clock: systemClock,
    logger: createLogger({ level: 'warn' }),
  });
  runner.start();
  await systemClock.sleep(WARM_UP_MS);
  late.length = 0;
  samples = 0;
  const before = process.cpuUsage();
  await systemClock.sleep(seconds * 1_000);
  const { user, system } = process.cpuUsage(before);
  report({ count, seconds, late, samples, busyMs: (user + system) / 1_000 });
  await runner.stop();
  servers.disconnect();
}

type Measured = { count: number; seconds: number; late: number[]; samples: number; busyMs: number };

function report({ count, seconds, late, samples, busyMs }: Measured): void {
  const sorted = late.sort((a, b) => a - b);
  const quantile = (q: number): number => sorted[Math.floor(q * (sorted.length - 1))] ?? Number.NaN;
  const share = (busyMs / (seconds * 1_000)) * 100;
  console.log(`${count} targets, ${late.length} runs and ${samples} samples in ${seconds} s`);
  console.log(`busy: ${share.toFixed(1)} % of a core, ${(busyMs / late.length).toFixed(2)} ms a run`);
  console.log(`after their time: p50 ${quantile(0.5)} ms, p99 ${quantile(0.99)} ms, most ${quantile(1)} ms`);
  console.log(`resident: ${Math.round(process.memoryUsage.rss() / 2 ** 20)} MiB`);
}

const [first = '1000', second = '30'] = process.argv.slice(2);
if (first === 'serve') await serve(Number(second));
else await measure(Number(first), Number(second));
