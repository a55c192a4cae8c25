import { readdir, readFile } from 'node:fs/promises';
import type { CollectedValue } from '#core/plugin/collector.ts';
import type { Gathered } from './gathered.ts';

/** Kernel state letters (proc(5)) by name; a letter not listed counts as `other`. */
const STATUS: Readonly<Record<string, string>> = {
  R: 'running',
  S: 'sleeping',
  D: 'blocked',
  I: 'idle',
  T: 'stopped',
  t: 'stopped',
  Z: 'defunct',
  X: 'defunct',
};

/** The state letter of /proc/<pid>/stat; it follows the name in parentheses, which may hold anything. */
export function parseProcessState(stat: string): string | undefined {
  const end = stat.lastIndexOf(') ');
  return end < 0 ? undefined : stat[end + 2];
}

/** One value per status, 0 included. */
export function processValues(letters: Iterable<string>): CollectedValue[] {
  const counts = new Map<string, number>([...Object.values(STATUS), 'other'].map((status) => [status, 0]));
  for (const letter of letters) {
    const status = STATUS[letter] ?? 'other';
    counts.set(status, (counts.get(status) ?? 0) + 1);
  }
  return [...counts].map(([status, value]) => ({ metric: 'system_process_count', labels: { status }, value }));
}

/** Counts all processes by status; those that end meanwhile are left out. */
export async function gatherProcesses(procPath: string): Promise<Gathered> {
  const letters: string[] = [];
  for (const name of await readdir(procPath)) {
    if (!/^\d+$/.test(name)) continue;
    const stat = await readFile(`${procPath}/${name}/stat`, 'latin1').catch(() => '');
    const letter = parseProcessState(stat);
    if (letter !== undefined) letters.push(letter);
  }
  return { values: letters.length === 0 ? [] : processValues(letters), problems: [] };
}
