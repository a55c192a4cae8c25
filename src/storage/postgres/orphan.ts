import { readFile, readlink, realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '#core/errors.ts';
import type { Clock } from '#io/clock.ts';
import type { Logger } from '#io/log.ts';
import { identify, isAlive, type ProcessIdentity } from '#io/process-identity.ts';
import type { Home } from './home.ts';

const FAST_STOP_MS = 10_000;
const IMMEDIATE_STOP_MS = 6_000;
const POLL_MS = 20;

const Started = z.object({ pid: z.number(), started: z.string() });

/** The file in which the identity of the running postmaster is kept. */
export const identityFile = (home: Home): string => join(home.directory, 'postmaster.json');

type Tools = { readonly clock: Clock; readonly logger: Logger };

/**
 * Ends a postmaster of this cluster that outlived the process which started it, and clears a `postmaster.pid` whose
 * number now belongs to another program: PostgreSQL itself would refuse to start over it.
 */
export async function endOrphan(home: Home, tools: Tools): Promise<void> {
  const pidFile = join(home.data, 'postmaster.pid');
  const text = await readFile(pidFile, 'utf8').catch(() => '');
  const pid = Number.parseInt(text, 10);
  const orphan = await ownPostmaster(home, pid);
  if (orphan !== undefined) {
    tools.logger.warn({ pid: orphan.pid }, 'ending a postgres left behind by an earlier run');
    await endProcess(orphan, tools);
  }
  if (exists(pid)) await rm(pidFile, { force: true });
}

/** By start time as we noted it; failing a note, by the working directory, which PostgreSQL sets to its cluster. */
async function ownPostmaster(home: Home, pid: number): Promise<ProcessIdentity | undefined> {
  const note = Started.safeParse(parseJson(await readFile(identityFile(home), 'utf8').catch(() => '')));
  if (note.success && (await isAlive(note.data))) return note.data;
  if (!Number.isInteger(pid) || pid <= 1) return undefined;
  const workingDirectory = await readlink(`/proc/${pid}/cwd`).catch(() => undefined);
  const data = await realpath(home.data).catch(() => undefined);
  return workingDirectory !== undefined && workingDirectory === data ? identify(pid) : undefined;
}

async function endProcess(target: ProcessIdentity, tools: Tools): Promise<void> {
  const steps = [
    ['SIGINT', FAST_STOP_MS],
    ['SIGQUIT', IMMEDIATE_STOP_MS],
    ['SIGKILL', IMMEDIATE_STOP_MS],
  ] as const;
  for (const [signal, limitMs] of steps) {
    send(target.pid, signal);
    if (await goneWithin(target, limitMs, tools.clock)) return;
  }
  throw new AppError('conflict', `postgres ${target.pid} of an earlier run does not end: end it by hand`);
}

/** True for any process behind the number, zombies and those of other users included. */
function exists(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 1) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

async function goneWithin(target: ProcessIdentity, limitMs: number, clock: Clock): Promise<boolean> {
  const until = clock.monotonic() + limitMs;
  while (await isAlive(target)) {
    if (clock.monotonic() >= until) return false;
    await clock.sleep(POLL_MS);
  }
  return true;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
