import { readFile, stat } from 'node:fs/promises';
import type { CollectorPlugin } from '#core/plugin/collector.ts';
import type { HostFacts, Listener } from '#core/plugin/discovery.ts';
import type { Clock } from '#io/clock.ts';
import { matchingFiles } from '#io/follow-files.ts';
import { type ListeningSocket, parseListening } from './listening-sockets.ts';
import { findOwners } from './socket-owners.ts';

export type HostDiscoveryOptions = {
  readonly plugins: ReadonlyMap<string, CollectorPlugin>;
  readonly clock: Clock;
  /** Where the proc file system is. */
  readonly proc?: string;
};

/** What each plugin with a discovery may look at, by plugin id. */
export type FactsByPlugin = ReadonlyMap<string, HostFacts>;

const EVERY_MS = 15_000;
/** What could not be started is considered again: it may have been on its way up. */
const AGAIN_MS = 300_000;
const LARGEST_FILE_BYTES = 1_048_576;
const MOST_FILES = 100;

/** Tells the facts at the start, each time that other sockets listen, and every 5 minutes, until the signal aborts. */
export async function followHost(
  { plugins, clock, proc = '/proc' }: HostDiscoveryOptions,
  tell: (facts: FactsByPlugin) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  let known: string | undefined;
  let toldAt = Number.NEGATIVE_INFINITY;
  while (!signal.aborted) {
    const sockets = await readSockets(proc);
    const now = sockets.map(({ inode }) => inode).join(' ');
    if (sockets.length > 0 && (now !== known || clock.monotonic() - toldAt >= AGAIN_MS)) {
      known = now;
      toldAt = clock.monotonic();
      const listeners = await withOwners(proc, sockets);
      await tell(await factsOf(plugins, listeners));
    }
    await clock.sleep(EVERY_MS, signal);
  }
}

async function readSockets(proc: string): Promise<ListeningSocket[]> {
  const tables = await Promise.all(
    ['tcp', 'tcp6'].map((name) => readFile(`${proc}/net/${name}`, 'utf8').catch(() => '')),
  );
  return tables.flatMap(parseListening).sort((a, b) => a.port - b.port);
}

async function withOwners(proc: string, sockets: readonly ListeningSocket[]): Promise<Listener[]> {
  const owners = await findOwners(proc, new Set(sockets.map(({ inode }) => inode)));
  return sockets.map(({ address, port, inode }) => {
    const { pid, program, commandLine } = owners.get(inode) ?? { pid: 0, program: '', commandLine: [] };
    return { address, port, pid, program, commandLine };
  });
}

async function factsOf(
  plugins: HostDiscoveryOptions['plugins'],
  listeners: readonly Listener[],
): Promise<FactsByPlugin> {
  const facts = new Map<string, HostFacts>();
  for (const [id, { discovery }] of plugins) {
    if (discovery === undefined) continue;
    const files = await readHints(discovery.files?.(listeners) ?? []);
    facts.set(id, { listeners, files });
  }
  return facts;
}

async function readHints(patterns: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const paths = [...new Set((await Promise.all(patterns.map(matchingFiles))).flat())].slice(0, MOST_FILES);
  const texts = new Map<string, string>();
  for (const path of paths) {
    const text = await readSmall(path).catch(() => undefined);
    if (text !== undefined) texts.set(path, text);
  }
  return texts;
}

async function readSmall(path: string): Promise<string | undefined> {
  const { size } = await stat(path);
  return size > LARGEST_FILE_BYTES ? undefined : readFile(path, 'utf8');
}
