import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

const FOLDERS = ['/var/log/journal', '/run/log/journal'];
const SYSLOG_FILES = ['/var/log/syslog', '/var/log/messages'];

/** Whether this machine has a journal that no syslog daemon writes to files as well, which are read then. */
export async function hasOwnJournal(): Promise<boolean> {
  if (SYSLOG_FILES.some((path) => existsSync(path))) return false;
  for (const folder of FOLDERS) {
    for (const machine of await readdir(folder).catch(() => [])) {
      const files = await readdir(join(folder, machine)).catch(() => []);
      if (files.some((name) => name.endsWith('.journal'))) return true;
    }
  }
  return false;
}
