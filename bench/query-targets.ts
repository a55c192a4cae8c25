import { execFile, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type RangeHeader } from '#core/api/query.ts';
import { decodeFrame } from '#core/frame.ts';
import { end, untilUp } from './ingest-targets.ts';

/** Something that takes Graphite lines and answers ranges over HTTP. */
export type QueryTarget = {
  readonly name: string;
  readonly graphitePort: number;
  /** Series and points with a value in the answer; the answer is read and decoded as its clients do. */
  readonly range: (glob: string, from: number, to: number, step: number) => Promise<{ series: number; points: number }>;
  readonly stop: () => Promise<void>;
};

const LOOPBACK = '127.0.0.1';
const COMMAND = fileURLToPath(new URL('../tools/nocmate.mjs', import.meta.url));

/** A port that nobody listens on now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, LOOPBACK, resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

async function readToken(env: NodeJS.ProcessEnv): Promise<string> {
  const args = [COMMAND, 'token', 'create', '--name', 'bench', '--scope', 'read'];
  const { stdout } = await promisify(execFile)(process.execPath, args, { env });
  return stdout.trim().split(/\s+/).at(-1) ?? '';
}

/** The whole product as users start it. */
export async function startProduct(folder: string): Promise<QueryTarget> {
  const [http, graphite] = [await freePort(), await freePort()];
  const env = {
    ...process.env,
    NOCMATE_DATA: folder,
    NOCMATE_HTTP: `${LOOPBACK}:${http}`,
    NOCMATE_GRAPHITE: `${LOOPBACK}:${graphite}`,
    NOCMATE_GRAPHITE_PICKLE: 'off',
    NOCMATE_STATSD: 'off',
    NOCMATE_SYSLOG: 'off',
    NOCMATE_ADMIN_PASSWORD: 'bench-only-password',
  };
  const child = spawn(process.execPath, [COMMAND, 'up', '--no-open'], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  const base = `http://${LOOPBACK}:${http}/api`;
  await untilUp(child, async () => {
    if (!(await fetch(`${base}/health`)).ok) throw new Error('not yet');
  });
  const authorization = `Bearer ${await readToken(env)}`;
  return {
    name: 'nocmate',
    graphitePort: graphite,
    range: async (glob, from, to, step) => {
      const query = { matchers: [{ label: '__path__', op: '=', value: glob }], fn: 'raw' };
      const maxPoints = Math.floor((to - from) / step) + 2;
      const answer = await fetch(`${base}/query/range`, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json' },
        body: JSON.stringify({ query, from, to, maxPoints, limit: 5000 }),
      });
      if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
      const { header, columns } = decodeFrame<RangeHeader>(await answer.arrayBuffer());
      const width = header.band ? 3 : 1;
      const points = columns.filter((_, i) => i % width === 0).reduce((sum, column) => sum + known(column), 0);
      return { series: header.series.length, points };
    },
    stop: () => end(child),
  };
}

const known = (column: Float64Array | Uint32Array): number => {
  let count = 0;
  for (const value of column) if (!Number.isNaN(value)) count += 1;
  return count;
};

type PrometheusAnswer = { data: { result: { values: [number, string][] }[] } };

/** VictoriaMetrics with its default settings; globs are spelled as expressions on the name. */
export async function startVictoria(folder: string): Promise<QueryTarget> {
  const [http, graphite] = [await freePort(), await freePort()];
  const args = [
    `-storageDataPath=${join(folder)}`,
    `-graphiteListenAddr=${LOOPBACK}:${graphite}`,
    `-httpListenAddr=${LOOPBACK}:${http}`,
    '-loggerLevel=ERROR',
    '-search.latencyOffset=0s',
  ];
  const child = spawn('victoria-metrics', args, { stdio: ['ignore', 'inherit', 'inherit'] });
  const base = `http://${LOOPBACK}:${http}`;
  await untilUp(child, () => fetch(`${base}/health`));
  return {
    name: 'VictoriaMetrics',
    graphitePort: graphite,
    range: async (glob, from, to, step) => {
      const name = glob.replaceAll('.', '[.]').replaceAll('*', '[^.]*');
      const query = glob.includes('*') ? `{__name__=~"${name}"}` : `{__name__="${glob}"}`;
      const params = {
        query,
        start: String(from / 1000),
        end: String(to / 1000),
        step: String(step / 1000),
        nocache: '1',
      };
      const answer = await fetch(`${base}/api/v1/query_range?${new URLSearchParams(params).toString()}`);
      if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
      const { data } = (await answer.json()) as PrometheusAnswer;
      return { series: data.result.length, points: data.result.reduce((sum, one) => sum + one.values.length, 0) };
    },
    stop: () => end(child),
  };
}
