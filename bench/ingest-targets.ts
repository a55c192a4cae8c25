import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Product } from '#test/product/product.ts';
import type { IngestData } from './ingest-data.ts';

/** Something that takes Graphite lines on TCP. */
export type Target = {
  readonly name: string;
  readonly port: number;
  /** True when every sample of the data can be queried. */
  readonly isComplete: (data: IngestData) => Promise<boolean>;
  /** What is to be said beside the figure. */
  readonly note: () => string;
  readonly stop: () => Promise<void>;
};

const LOOPBACK = '127.0.0.1';

/** The whole product, as its users run it; complete when SQL counts every row and every series. */
export async function startNocmate(folder: string): Promise<Target> {
  const product = await Product.start({ data: folder, launcher: true });
  await product.token('admin');
  const { port } = await product.listener('graphite-plaintext/tcp');
  let note = '';
  return {
    name: 'nocmate',
    port,
    isComplete: async ({ lines, series }) => {
      const { accounts, eventLoopP99Ms, processes } = await product.self();
      if (accounts.find(({ input }) => input === 'graphite-plaintext')?.stored !== lines) return false;
      // The product's own samples are in there too: its account tells that ours are, the count that they can be asked for.
      const [counts] = await product.sql<{ samples: string; series: string }>(
        "SELECT (SELECT count() FROM samples) AS samples, (SELECT uniqExact(id) FROM series WHERE path != '') AS series",
      );
      const resident = processes.map(({ name, residentBytes }) => `${name} ${Math.round(residentBytes / 2 ** 20)}`);
      note = `event loop p99 ${Math.round(eventLoopP99Ms)} ms, resident MiB: ${resident.join(', ')}`;
      return Number(counts?.samples) >= lines && Number(counts?.series) === series;
    },
    note: () => note,
    stop: async () => void (await product.stop()),
  };
}

/** VictoriaMetrics: complete when it has counted every row and a forced flush has made them searchable. */
export async function startVictoriaMetrics(folder: string, port: number): Promise<Target> {
  const http = port + 1;
  const child = spawn(
    'victoria-metrics',
    [
      `-storageDataPath=${folder}`,
      `-graphiteListenAddr=${LOOPBACK}:${port}`,
      `-httpListenAddr=${LOOPBACK}:${http}`,
      '-loggerLevel=ERROR',
    ],
    { stdio: ['ignore', 'inherit', 'inherit'] },
  );
  const get = async (path: string): Promise<string> => (await fetch(`http://${LOOPBACK}:${http}${path}`)).text();
  await untilUp(child, () => get('/health'));
  return {
    name: 'VictoriaMetrics',
    port,
    isComplete: async ({ lines }) => {
      const rows = /^vm_rows_inserted_total\{type="graphite"\} (\d+)/m.exec(await get('/metrics'))?.[1];
      if (Number(rows) !== lines) return false;
      await get('/internal/force_flush');
      return true;
    },
    note: () => '',
    stop: () => end(child),
  };
}

/** Waits until a started program answers; throws when it ends instead. */
export async function untilUp(child: ChildProcess, probe: () => Promise<unknown>): Promise<void> {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`${child.spawnfile} ended with code ${child.exitCode}`);
    if (
      await probe()
        .then(() => true)
        .catch(() => false)
    )
      return;
    await sleep(50);
  }
}

/** Ends a program that was started here. */
export async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await exited;
}
