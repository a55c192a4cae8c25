import { execFile } from 'node:child_process';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { CollectedValue } from '#core/plugin/collector.ts';
import { failedPart, type Gathered, nothingGathered } from './gathered.ts';

/** Where systemd-timesyncd tells (systemd-timesyncd.service(8)): the file is there once the clock was set. */
const TIMESYNCD = 'run/systemd/timesync';
const CHRONY = 'run/chrony';
const CHRONYC_TIMEOUT_MS = 2_000;

/**
 * Offset and state from the text of `chronyc tracking` (chronyc(1)); a clock that is fast has a positive offset. While
 * chrony has no source its offset means nothing and is left out.
 */
export function parseChronyTracking(text: string): CollectedValue[] {
  const [, leap] = /^Leap status\s*:\s*(.+)$/m.exec(text) ?? [];
  if (leap === undefined) return [];
  const synchronized = leap.trim() !== 'Not synchronised';
  const values: CollectedValue[] = [{ metric: 'system_time_synchronized', value: synchronized ? 1 : 0 }];
  const [, seconds, direction] = /^System time\s*:\s*([\d.]+) seconds (slow|fast) of NTP time/m.exec(text) ?? [];
  if (synchronized && seconds !== undefined) {
    values.push({
      metric: 'system_time_offset_seconds',
      value: direction === 'slow' ? -Number(seconds) : Number(seconds),
    });
  }
  return values;
}

/** What chrony or else systemd-timesyncd says of the clock; nothing where neither runs. */
export async function gatherTimeSync(rootPath: string): Promise<Gathered> {
  if (rootPath === '/' && (await exists(join(rootPath, CHRONY)))) return gatherChrony();
  if (!(await exists(join(rootPath, TIMESYNCD)))) return nothingGathered();
  const value = (await exists(join(rootPath, TIMESYNCD, 'synchronized'))) ? 1 : 0;
  return { values: [{ metric: 'system_time_synchronized', value }], problems: [] };
}

function gatherChrony(): Promise<Gathered> {
  const options = { timeout: CHRONYC_TIMEOUT_MS, env: { ...process.env, LC_ALL: 'C' } };
  return new Promise((resolve) => {
    execFile('chronyc', ['-n', 'tracking'], options, (error, output) => {
      resolve(error === null ? { values: parseChronyTracking(output), problems: [] } : failedPart('chrony', error));
    });
  });
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
