import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

const RSYSLOG = '/usr/sbin/rsyslogd';
const SYSLOG_NG = '/opt/nocmate-peers/syslog-ng';

/** Why tests with a peer are skipped, or false. */
export const NO_RSYSLOG = existsSync(RSYSLOG) ? false : 'rsyslog is not here';
export const NO_SYSLOG_NG = existsSync(`${SYSLOG_NG}/usr`) ? false : 'syslog-ng is not here';

/** A certificate of 127.0.0.1 that signs itself, made in `folder`. */
export async function makeCertificate(folder: string): Promise<{ readonly cert: string; readonly key: string }> {
  const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
  const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
  await run('openssl', [
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-days',
    '2',
    ...subject,
    '-out',
    cert,
    '-keyout',
    key,
  ]);
  return { cert, key };
}

/** A syslog daemon as a plain process; `logger` speaks to its socket. */
export type SyslogDaemon = {
  readonly log: (tag: string, lines: readonly string[]) => Promise<void>;
  readonly stop: () => Promise<void>;
};

/** rsyslog with these rules. */
export async function startRsyslog(folder: string, rules: string): Promise<SyslogDaemon> {
  const socket = join(folder, 'rsyslog.sock');
  const config = [
    `global(workDirectory="${folder}" net.enableDNS="off")`,
    'module(load="imuxsock" SysSock.Use="off")',
    `input(type="imuxsock" Socket="${socket}" RateLimit.Interval="0")`,
    rules,
  ];
  await writeFile(join(folder, 'rsyslog.conf'), `${config.join('\n')}\n`);
  const args = ['-n', '-f', join(folder, 'rsyslog.conf'), '-i', join(folder, 'rsyslog.pid')];
  return daemon(spawn(RSYSLOG, args, { stdio: ['ignore', 'ignore', 'pipe'] }), socket);
}

/** syslog-ng with these destinations and paths from its source `s`. */
export async function startSyslogNg(folder: string, rules: string): Promise<SyslogDaemon> {
  const socket = join(folder, 'syslog-ng.sock');
  const config = ['@version: 3.38', `source s { unix-dgram("${socket}"); };`, rules];
  await writeFile(join(folder, 'syslog-ng.conf'), `${config.join('\n')}\n`);
  const libraries = `${SYSLOG_NG}/usr/lib/syslog-ng`;
  const own = ['persist-file', 'pidfile', 'control'].map((name) => `--${name}=${join(folder, `syslog-ng.${name}`)}`);
  const args = ['-F', '--no-caps', '-f', join(folder, 'syslog-ng.conf'), `--module-path=${libraries}/3.38`, ...own];
  const env = { ...process.env, LD_LIBRARY_PATH: libraries };
  return daemon(spawn(`${SYSLOG_NG}/usr/sbin/syslog-ng`, args, { stdio: ['ignore', 'ignore', 'pipe'], env }), socket);
}

async function daemon(child: ChildProcess, socket: string): Promise<SyslogDaemon> {
  let said = '';
  child.stderr?.on('data', (text: Buffer) => (said += text.toString()));
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  while (!existsSync(socket) && child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 20));
  if (child.exitCode !== null) {
    await ended;
    throw new Error(`the syslog daemon ended with ${child.exitCode}: ${said}`);
  }
  return {
    log: async (tag, lines) => {
      const logger = spawn('logger', ['-u', socket, '-t', tag, '-p', 'local3.warning'], {
        stdio: ['pipe', 'ignore', 'ignore'],
      });
      logger.stdin.end(`${lines.join('\n')}\n`);
      await once(logger, 'close');
    },
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
