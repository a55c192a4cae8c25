import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { messageOf } from '#core/errors.ts';
import { systemClock } from '#io/clock.ts';
import { giveBackStartMemory } from '#io/give-back-memory.ts';
import { createLogger, type Logger } from '#io/log.ts';
import { checkPlugins } from '#server/config/check-plugins.ts';
import { loadConfig } from '#server/config/load.ts';
import { createServer, type Server } from '#server/create-server.ts';
import { openDataDirectory } from '#server/data-directory.ts';
import { scanPlugins } from '#server/scan-plugins.ts';
import { readVersion } from '#server/version.ts';
import type { CommandLine } from './arguments.ts';
import { untilGone } from './followed-process.ts';

/** A stop takes at most this long; what hangs then is cut. The spool keeps what was not stored. */
const STOP_LIMIT_MS = 9_500;

/** `up`: runs the server until it is told to stop. Resolves with the exit code. */
export async function upCommand({ flags, switches }: CommandLine): Promise<number> {
  const told = waitForStop();
  const config = await loadConfig({ env: process.env, flags });
  const version = readVersion();
  const plugins = { inputs: await scanPlugins('inputs'), collectors: await scanPlugins('collectors') };
  checkPlugins(config, plugins);
  const logger = createLogger({ level: config.log.level });
  if (config.amqp.url !== undefined && !('amqp' in config.inputs))
    say('AMQP_URL is set, but the input amqp is not: not used');
  const release = await openDataDirectory(resolve(config.data));
  try {
    const adminPassword = process.env['NOCMATE_ADMIN_PASSWORD'];
    const server = await createServer({ config, version, adminPassword, clock: systemClock, logger, ...plugins });
    await serve(server, { told, logger, open: switches.has('open') });
  } finally {
    await release();
  }
  return 0;
}

type Serving = { readonly told: Promise<void>; readonly logger: Logger; readonly open: boolean };

async function serve(server: Server, { told, logger, open }: Serving): Promise<void> {
  try {
    const address = await server.start();
    if (address.port !== 0) say(`listening on http://${displayHost(address.host)}:${address.port}`);
    await Promise.race([greet(server, address, open), told]);
    await told;
    say('stopping …');
  } finally {
    await stopWithin(server, logger);
  }
}

function say(text: string): void {
  process.stdout.write(`nocmate: ${text}\n`);
}

/** Resolves when a signal asks to stop, or when the launcher or the npm that it ran under is gone. */
function waitForStop(): Promise<void> {
  const told = new Promise<void>((resolveTold) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolveTold());
    process.once('disconnect', () => resolveTold());
  });
  const followed = Number(process.env['NOCMATE_FOLLOW_PID'] ?? 0);
  if (followed === 0) return told;
  const over = new AbortController();
  void told.then(() => over.abort());
  return Promise.race([told, untilGone(followed, systemClock, over.signal)]);
}

/** Tells where to go once everything serves. Throws when a store does not start. */
async function greet(server: Server, { host, port }: { host: string; port: number }, open: boolean): Promise<void> {
  await server.ready();
  giveBackStartMemory();
  if (port === 0) return say('ready');
  const token = await server.setupToken();
  const url = `http://${displayHost(host)}:${port}/${token === undefined ? '' : `#t=${token}`}`;
  say(token === undefined ? `ready: ${url}` : `ready. Open this once to create the first user:\n\n    ${url}\n`);
  if (open) openBrowser(url);
}

/** An address that a browser on this machine can open. */
function displayHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}

function openBrowser(url: string): void {
  const command = process.platform === 'darwin' ? 'open' : 'xdg-open';
  const child = spawn(command, [url], { stdio: 'ignore', detached: true });
  child.once('error', (error) => say(`no browser could be opened (${messageOf(error)}); open the URL yourself`));
  child.unref();
}

async function stopWithin(server: Server, logger: Logger): Promise<void> {
  const watchdog = setTimeout(() => {
    logger.error({ limitMs: STOP_LIMIT_MS }, 'the stop took too long and was cut short');
    process.exit(1);
  }, STOP_LIMIT_MS);
  await server.stop();
  clearTimeout(watchdog);
}
