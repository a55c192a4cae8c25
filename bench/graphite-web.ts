import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { end, untilUp } from './ingest-targets.ts';
import { freePort } from './query-targets.ts';

const LOOPBACK = '127.0.0.1';
/** Debian's python, in whose path graphite-web and whisper are. */
const PYTHON = '/usr/bin/python3';
const CARBON = '/usr/bin/carbon-cache';

/** graphite-web over whisper files, written by carbon-cache without any limit of writes. */
export type GraphiteWeb = {
  readonly base: string;
  readonly graphitePort: number;
  /** Those of graphite-web and carbon-cache. */
  readonly pids: readonly number[];
  readonly stop: () => Promise<void>;
};

/** Serves the WSGI application of graphite-web from one process, as the package's own documentation does for trials. */
const SERVER = `
import sys
from wsgiref.simple_server import make_server, WSGIRequestHandler
class Quiet(WSGIRequestHandler):
    def log_message(self, *args): pass
from graphite.wsgi import application
make_server('${LOOPBACK}', int(sys.argv[1]), application, handler_class=Quiet).serve_forever()
`;

/** Starts both in a folder of their own. */
export async function startGraphiteWeb(folder: string): Promise<GraphiteWeb> {
  const [http, graphite] = [await freePort(), await freePort()];
  await writeFiles(folder, graphite, await freePort(), await freePort());
  const env = {
    ...process.env,
    PYTHONPATH: folder,
    DJANGO_SETTINGS_MODULE: 'graphite.settings',
    GRAPHITE_SETTINGS_MODULE: 'bench_settings',
  };
  const carbonArgs = [
    `--config=${join(folder, 'carbon.conf')}`,
    `--pidfile=${join(folder, 'pid')}`,
    '--nodaemon',
    'start',
  ];
  const carbon = spawn(CARBON, carbonArgs, { stdio: ['ignore', 'ignore', 'inherit'] });
  await untilUp(carbon, () => connected(graphite));
  await migrated(env);
  const web = spawn(PYTHON, ['-c', SERVER, String(http)], { env, stdio: ['ignore', 'inherit', 'inherit'] });
  const base = `http://${LOOPBACK}:${http}`;
  await untilUp(web, () => fetch(`${base}/metrics/find?query=*`));
  const pids = [web.pid ?? 0, carbon.pid ?? 0];
  return { base, graphitePort: graphite, pids, stop: async () => void (await Promise.all([end(carbon), end(web)])) };
}

async function connected(port: number): Promise<void> {
  const socket = connect(port, LOOPBACK);
  await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject));
  socket.destroy();
}

/** The tables that graphite-web looks into for events and tags. */
async function migrated(env: NodeJS.ProcessEnv): Promise<void> {
  const args = ['-m', 'django', 'migrate', '--run-syncdb', '--verbosity', '0'];
  const child: ChildProcess = spawn(PYTHON, args, { env, stdio: 'ignore' });
  const code = await new Promise((resolve) => child.once('exit', resolve));
  if (code !== 0) throw new Error(`graphite-web did not make its tables: exit ${String(code)}`);
}

async function writeFiles(folder: string, line: number, pickle: number, query: number): Promise<void> {
  await mkdir(join(folder, 'whisper'), { recursive: true });
  const schemas = '[long]\npattern = ^bench\\.long\nretentions = 60s:2d\n[all]\npattern = .*\nretentions = 10s:1d\n';
  await writeFile(join(folder, 'storage-schemas.conf'), schemas);
  const options = {
    STORAGE_DIR: folder,
    LOCAL_DATA_DIR: join(folder, 'whisper'),
    CONF_DIR: folder,
    LOG_DIR: folder,
    PID_DIR: folder,
    USER: '',
    MAX_CACHE_SIZE: 'inf',
    MAX_UPDATES_PER_SECOND: 'inf',
    MAX_CREATES_PER_MINUTE: 'inf',
    ENABLE_TAGS: 'False',
    LINE_RECEIVER_INTERFACE: LOOPBACK,
    LINE_RECEIVER_PORT: line,
    PICKLE_RECEIVER_INTERFACE: LOOPBACK,
    PICKLE_RECEIVER_PORT: pickle,
    CACHE_QUERY_INTERFACE: LOOPBACK,
    CACHE_QUERY_PORT: query,
  };
  const lines = Object.entries(options).map(([name, value]) => `${name} = ${value}`);
  await writeFile(join(folder, 'carbon.conf'), `[cache]\n${lines.join('\n')}\n`);
  const database = { NAME: join(folder, 'graphite.db'), ENGINE: 'django.db.backends.sqlite3' };
  const settings = {
    SECRET_KEY: 'bench',
    ALLOWED_HOSTS: ['*'],
    TIME_ZONE: 'UTC',
    STORAGE_DIR: folder,
    LOG_DIR: folder,
    INDEX_FILE: join(folder, 'index'),
    WHISPER_DIR: join(folder, 'whisper'),
    STANDARD_DIRS: [join(folder, 'whisper')],
    CARBONLINK_HOSTS: [`${LOOPBACK}:${query}`],
    DATABASES: { default: database },
  };
  const assignments = Object.entries(settings).map(([name, value]) => `${name} = ${JSON.stringify(value)}`);
  await writeFile(join(folder, 'bench_settings.py'), `${assignments.join('\n')}\nLOG_ROTATION = False\n`);
}
