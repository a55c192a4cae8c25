import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { Gathered } from './gathered.ts';

/** Where systemd-timesyncd tells (systemd-timesyncd.service(8)): the file is there once the clock was set. */
const FOLDER = 'run/systemd/timesync';

/** Whether systemd-timesyncd has set the clock; nothing where it does not run. */
export async function gatherTimeSync(rootPath: string): Promise<Gathered> {
  const folder = join(rootPath, FOLDER);
  if (!(await exists(folder))) return { values: [], problems: [] };
  const value = (await exists(join(folder, 'synchronized'))) ? 1 : 0;
  return { values: [{ metric: 'system_time_synchronized', value }], problems: [] };
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
