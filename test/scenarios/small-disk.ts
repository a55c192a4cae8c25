import { execFile } from 'node:child_process';
import { mkdtemp, open, rm, rmdir, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const MIB = 2 ** 20;

/** Why a test that mounts a disk is skipped; false when it can run. */
export const cannotMount = process.getuid?.() === 0 ? false : 'needs root to mount a disk';

/** A disk in memory that a test can fill. */
export class SmallDisk {
  readonly path: string;

  private constructor(path: string) {
    this.path = path;
  }

  static async mount(sizeMiB: number): Promise<SmallDisk> {
    const path = await mkdtemp(join(tmpdir(), 'nocmate-disk-'));
    await run('mount', ['-t', 'tmpfs', '-o', `size=${sizeMiB}m,mode=0755`, 'tmpfs', path]);
    return new SmallDisk(path);
  }

  async freeBytes(): Promise<number> {
    const { bavail, bsize } = await statfs(this.path);
    return bavail * bsize;
  }

  /** Fills all but `leaveBytes`; to the last byte when that is 0, whatever others write meanwhile. */
  async fill(leaveBytes = 0): Promise<void> {
    const file = await open(this.#filler, 'a');
    const block = Buffer.alloc(MIB);
    try {
      for (;;) {
        const room = (await this.freeBytes()) - leaveBytes;
        if (room <= 0) return;
        await file.write(block, 0, Math.min(room, MIB));
      }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    } finally {
      await file.close();
    }
  }

  /** Takes away what `fill` put there. */
  async clear(): Promise<void> {
    await rm(this.#filler, { force: true });
  }

  async unmount(): Promise<void> {
    await run('umount', [this.path]);
    await rmdir(this.path);
  }

  get #filler(): string {
    return join(this.path, 'filler');
  }
}
