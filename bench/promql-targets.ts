import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Product } from '#test/product/product.ts';
import { end, untilUp } from './ingest-targets.ts';
import { freePort } from './query-targets.ts';
import type { WriteAddress } from './remote-write-sender.ts';

/** Something that takes remote write and answers PromQL. */
export type PromTarget = {
  readonly name: string;
  /** The root of its processes. */
  readonly pid: number;
  readonly address: WriteAddress;
  /** Resolves when nothing of what it has acknowledged is left to do. */
  readonly settled: () => Promise<void>;
  /** Sends one body; resolves when it is acknowledged. */
  readonly write: (body: Uint8Array) => Promise<void>;
  /** The text of an answer of `/api/v1/<path>`. */
  readonly ask: (path: string, fields: Record<string, string>) => Promise<string>;
  readonly stop: () => Promise<void>;
};

const LOOPBACK = '127.0.0.1';

/** The whole product without its own series, raw samples kept for ever. */
export async function startProduct(folder: string): Promise<PromTarget> {
  await mkdir(folder, { recursive: true });
  const config = join(folder, 'nocmate.yaml');
  await writeFile(config, 'collectors: { host: [] }\n');
  const product = await Product.start({ data: join(folder, 'data'), env: { NOCMATE_CONFIG: config } });
  const token = await product.token('admin');
  const isSettled = async (): Promise<boolean> => {
    const { accounts } = await product.self();
    return accounts.every(({ input, held }) => input !== 'prometheus-remote-write' || held === 0);
  };
  return target({
    name: 'nocmate',
    pid: product.pid,
    base: product.base,
    headers: { authorization: `Bearer ${token}` },
    settled: () => product.until(isSettled),
    stop: () => product.remove(),
  });
}

/** Debian's Prometheus with its remote write receiver. */
export async function startPrometheus(folder: string): Promise<PromTarget> {
  await mkdir(folder, { recursive: true });
  const config = join(folder, 'prometheus.yml');
  await writeFile(config, 'global: { scrape_interval: 15s }\n');
  const port = await freePort();
  const flags = [
    `--config.file=${config}`,
    `--storage.tsdb.path=${join(folder, 'data')}`,
    `--web.listen-address=${LOOPBACK}:${port}`,
    '--web.enable-remote-write-receiver',
    '--log.level=error',
  ];
  const child = spawn('/usr/bin/prometheus', flags, { stdio: ['ignore', 'inherit', 'inherit'] });
  const base = `http://${LOOPBACK}:${port}`;
  await untilUp(child, async () => {
    if (!(await fetch(`${base}/-/ready`)).ok) throw new Error('not yet');
  });
  const settled = (): Promise<void> => Promise.resolve();
  return target({ name: 'Prometheus', pid: child.pid ?? 0, base, headers: {}, settled, stop: () => end(child) });
}

type Started = Pick<PromTarget, 'name' | 'pid' | 'settled'> & {
  readonly base: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly stop: () => Promise<unknown>;
};

function target({ name, pid, base, headers, settled, stop }: Started): PromTarget {
  const { hostname, port } = new URL(base);
  const writeHeaders = {
    ...headers,
    'content-encoding': 'snappy',
    'content-type': 'application/x-protobuf',
    'x-prometheus-remote-write-version': '0.1.0',
  };
  return {
    ...{ name, pid, settled },
    address: { host: hostname, port: Number(port), headers: writeHeaders },
    write: async (body) => {
      const answer = await fetch(`${base}/api/v1/write`, {
        method: 'POST',
        headers: writeHeaders,
        body: Buffer.from(body),
      });
      if (!answer.ok) throw new Error(`${name}: ${answer.status} ${await answer.text()}`);
      await answer.arrayBuffer();
    },
    ask: async (path, fields) => {
      const answer = await fetch(`${base}/api/v1/${path}`, {
        method: 'POST',
        headers,
        body: new URLSearchParams(fields),
      });
      const text = await answer.text();
      if (!answer.ok) throw new Error(`${name}: ${answer.status} ${text}`);
      return text;
    },
    stop: async () => void (await stop()),
  };
}
