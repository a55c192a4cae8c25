import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import type { IngestData } from './ingest-data.ts';
import { end, type Target, untilUp } from './ingest-targets.ts';

const LOOPBACK = '127.0.0.1';
/** Debian's graphite-carbon. */
const PROGRAM = '/usr/bin/carbon-cache';

/**
 * carbon-cache, held to its cache: nearly no disk writes are allowed, which favours it. Complete when its cache answers
 * with the newest sample of each connection's last series.
 */
export async function startCarbon(folder: string, port: number): Promise<Target> {
  await mkdir(join(folder, 'whisper'), { recursive: true });
  await writeFile(join(folder, 'storage-schemas.conf'), '[all]\npattern = .*\nretentions = 10s:1h\n');
  await writeFile(join(folder, 'carbon.conf'), configOf(folder, port));
  const options = [
    `--config=${join(folder, 'carbon.conf')}`,
    `--pidfile=${join(folder, 'pid')}`,
    '--nodaemon',
    'start',
  ];
  const child = spawn(PROGRAM, options, { stdio: ['ignore', 'ignore', 'inherit'] });
  await untilUp(child, () => cached(port + 2, 'none'));
  return {
    name: 'carbon-cache (cache only)',
    port,
    isComplete: async ({ lastSeriesOf, lastSecond }: IngestData) => {
      const answers = await Promise.all(lastSeriesOf.map((series) => cached(port + 2, series)));
      return answers.every((answer) => answer.includes(pickledFloat(lastSecond)));
    },
    note: () => '',
    stop: () => end(child),
  };
}

function configOf(folder: string, port: number): string {
  const options = {
    STORAGE_DIR: folder,
    LOCAL_DATA_DIR: join(folder, 'whisper'),
    CONF_DIR: folder,
    LOG_DIR: folder,
    PID_DIR: folder,
    USER: '',
    MAX_CACHE_SIZE: 'inf',
    MAX_UPDATES_PER_SECOND: 1,
    MAX_CREATES_PER_MINUTE: 1,
    LINE_RECEIVER_INTERFACE: LOOPBACK,
    LINE_RECEIVER_PORT: port,
    PICKLE_RECEIVER_INTERFACE: LOOPBACK,
    PICKLE_RECEIVER_PORT: port + 1,
    CACHE_QUERY_INTERFACE: LOOPBACK,
    CACHE_QUERY_PORT: port + 2,
  };
  return `[cache]\n${Object.entries(options)
    .map(([name, value]) => `${name} = ${value}`)
    .join('\n')}\n`;
}

/** The pickled answer of carbon's cache for a series. */
async function cached(port: number, series: string): Promise<Buffer> {
  const query = Buffer.from(`(dp0\nS'type'\np1\nS'cache-query'\np2\nsS'metric'\np3\nS'${series}'\np4\ns.`);
  const frame = Buffer.concat([Buffer.alloc(4), query]);
  frame.writeUInt32BE(query.length);
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  const socket = connect(port, LOOPBACK, () => socket.write(frame));
  let answer = Buffer.alloc(0);
  socket.on('error', reject);
  socket.on('data', (chunk: Buffer) => {
    answer = Buffer.concat([answer, chunk]);
    if (answer.length >= 4 && answer.length >= answer.readUInt32BE() + 4) resolve(answer);
  });
  return promise.finally(() => socket.destroy());
}

function pickledFloat(value: number): Buffer {
  const bytes = Buffer.alloc(9, 'G');
  bytes.writeDoubleBE(value, 1);
  return bytes;
}
