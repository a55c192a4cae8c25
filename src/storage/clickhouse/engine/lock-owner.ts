import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Why the engine did not open its directory, and what to do. */
export type OpenFailure = { readonly reason: 'locked' | 'other'; readonly message: string };

/** Finds out whether another process has the directory: the engine itself only says that it could not open it. */
export async function explainOpenFailure(directory: string, complaint: string): Promise<OpenFailure> {
  const status = await readFile(join(directory, 'status'), 'utf8').catch(() => '');
  const pid = Number(/^PID: (\d+)/m.exec(status)?.[1] ?? 0);
  const locked = complaint.startsWith('Failed to create connection') || complaint.includes('Cannot lock file');
  if (locked && pid > 0 && pid !== process.pid && exists(pid)) {
    return {
      reason: 'locked',
      message: `${directory} is in use by process ${pid}: stop it, or use another data folder`,
    };
  }
  return { reason: 'other', message: `the engine does not open ${directory}: ${complaint}` };
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
