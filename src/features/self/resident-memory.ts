import { readFile } from 'node:fs/promises';

const PAGE_BYTES = 4096;

/** Resident bytes of a process; 0 when it is gone or this system does not tell (proc_pid_statm(5)). */
export async function residentBytes(pid: number): Promise<number> {
  if (pid === process.pid) return process.memoryUsage.rss();
  const text = await readFile(`/proc/${pid}/statm`, 'utf8').catch(() => '');
  return Number(text.split(' ')[1] ?? 0) * PAGE_BYTES;
}
