import { readdirSync, readFileSync } from 'node:fs';

/** The kernel counts in these (USER_HZ). */
const TICKS_PER_SECOND = 100;

/** Processor seconds that a process and all its descendants have used, those that ended and were waited for too. */
export function treeCpuSeconds(pid: number): number {
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const stats = new Map(all.map((name) => [Number(name), statOf(Number(name))]));
  const isOfTree = (one: number): boolean => one === pid || (one > 1 && isOfTree(stats.get(one)?.parent ?? 0));
  let ticks = 0;
  for (const [one, stat] of stats) if (stat !== undefined && isOfTree(one)) ticks += stat.ticks;
  return ticks / TICKS_PER_SECOND;
}

/** Fields 4 and 14 to 17 of proc_pid_stat(5); undefined for a process that ended while we looked. */
function statOf(pid: number): { parent: number; ticks: number } | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { parent: Number(fields[1]), ticks: fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0) };
  } catch {
    return undefined;
  }
}
