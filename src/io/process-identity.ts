import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/** Names a running process beyond its reusable pid. */
export type ProcessIdentity = { readonly pid: number; readonly started: string };

/** Field 22 of /proc/<pid>/stat, counted from after the command's closing bracket (proc_pid_stat(5)). */
const START_TIME_AFTER_COMMAND = 19;

/** The identity of a live process; undefined when there is none (a zombie counts as none). */
export async function identify(pid: number): Promise<ProcessIdentity | undefined> {
  try {
    return process.platform === 'linux' ? await identifyByProc(pid) : await identifyByPs(pid);
  } catch {
    // Both sources fail in only one way that matters here: the process is gone.
    return undefined;
  }
}

/** True when the process that was once identified is still the one behind that pid. */
export async function isAlive(identity: ProcessIdentity): Promise<boolean> {
  return (await identify(identity.pid))?.started === identity.started;
}

async function identifyByProc(pid: number): Promise<ProcessIdentity | undefined> {
  const [bootId, line] = await Promise.all([
    readFile('/proc/sys/kernel/random/boot_id', 'utf8'),
    readFile(`/proc/${pid}/stat`, 'utf8'),
  ]);
  const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
  const ticks = fields[START_TIME_AFTER_COMMAND];
  return fields[0] === 'Z' || ticks === undefined ? undefined : { pid, started: `${bootId.trim()}/${ticks}` };
}

async function identifyByPs(pid: number): Promise<ProcessIdentity | undefined> {
  const { stdout } = await promisify(execFile)('/bin/ps', ['-o', 'lstart=', '-p', String(pid)]);
  const started = stdout.trim();
  return started === '' ? undefined : { pid, started };
}
