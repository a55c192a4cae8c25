import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CollectedValue } from '#core/plugin/collector.ts';
import { type FilesystemSize, sizeByChild, sizeInProcess } from './filesystem-size.ts';
import { type Gathered, nothingGathered } from './gathered.ts';
import { type Mount, parseMounts } from './mounts.ts';

const PATIENCE_MS = 5_000;

/** How sizes are asked for; tests hand in filesystems that never answer. */
export type SizeOf = (path: string, mount: Mount) => Promise<FilesystemSize>;

const sizeOfMount: SizeOf = (path, { mayHang }) => (mayHang ? sizeByChild(path) : sizeInProcess(path));

/** Values of one filesystem. `used` and `free` are as df shows them; `reserved` is kept for root. */
export function filesystemValues(mount: Mount, size: FilesystemSize): CollectedValue[] {
  if (size.blocks === 0) return [];
  const labels = {
    system_filesystem_mountpoint: mount.mountpoint,
    system_filesystem_type: mount.type,
    system_filesystem_mode: mount.mode,
  };
  const used = size.blocks - size.free;
  const states = { used, free: size.available, reserved: size.free - size.available };
  const values: CollectedValue[] = [
    { metric: 'system_filesystem_limit_bytes', labels, value: size.blocks * size.blockBytes },
    { metric: 'system_filesystem_utilization_ratio', labels, value: used / Math.max(1, used + size.available) },
  ];
  for (const [state, blocks] of Object.entries(states)) {
    const value = blocks * size.blockBytes;
    values.push({
      metric: 'system_filesystem_usage_bytes',
      labels: { ...labels, system_filesystem_state: state },
      value,
    });
  }
  if (size.inodes > 0) {
    const value = (size.inodes - size.inodesFree) / size.inodes;
    values.push({ metric: 'system_filesystem_inode_utilization_ratio', labels, value });
  }
  return values;
}

/**
 * Reads the sizes of all mounts. A mount that does not answer is left alone until its last question is answered, so a
 * dead one costs one child process; and no second in-process question is put while one is open, so a dead local disk
 * costs one thread of the pool.
 */
export function createFilesystems(procPath: string, rootPath: string, sizeOf: SizeOf = sizeOfMount) {
  const open = new Map<string, Mount>();

  async function ask(mount: Mount): Promise<FilesystemSize> {
    if (open.has(mount.mountpoint)) throw new Error('still gives no answer');
    if (!mount.mayHang && [...open.values()].some((other) => !other.mayHang)) {
      throw new Error('not asked while another local filesystem gives no answer');
    }
    open.set(mount.mountpoint, mount);
    const answer = sizeOf(join(rootPath, mount.mountpoint), mount).finally(() => open.delete(mount.mountpoint));
    const patience = Promise.withResolvers<never>();
    const timer = setTimeout(() => patience.reject(new Error(`gave no answer in ${PATIENCE_MS} ms`)), PATIENCE_MS);
    try {
      return await Promise.race([answer, patience.promise]);
    } finally {
      clearTimeout(timer);
      answer.catch(() => {});
    }
  }

  async function gather(): Promise<Gathered> {
    const gathered = nothingGathered();
    for (const mount of parseMounts(await readMounts(procPath))) {
      try {
        gathered.values.push(...filesystemValues(mount, await ask(mount)));
      } catch (error) {
        if (isHidden(error)) continue;
        gathered.problems.push({ part: `filesystem ${mount.mountpoint}`, message: (error as Error).message });
      }
    }
    return gathered;
  }

  return { gather };
}

/** Mounts that our user may not reach, or that went away meanwhile. */
function isHidden(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code;
  return code === 'EACCES' || code === 'EPERM' || code === 'ENOENT';
}

/** Of process 1 where we may see it (in a container: the host's, through a mounted /proc), else our own. */
async function readMounts(procPath: string): Promise<string> {
  return readFile(`${procPath}/1/mounts`, 'utf8').catch(() => readFile(`${procPath}/self/mounts`, 'utf8'));
}
