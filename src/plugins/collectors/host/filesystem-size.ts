import { spawn } from 'node:child_process';
import { statfs } from 'node:fs/promises';

/** Sizes of a filesystem in blocks and inodes; `available` is what an ordinary user may still take. */
export type FilesystemSize = {
  readonly blockBytes: number;
  readonly blocks: number;
  readonly free: number;
  readonly available: number;
  readonly inodes: number;
  readonly inodesFree: number;
};

/** Asks this process's own thread pool: only for filesystems that always answer. */
export async function sizeInProcess(path: string): Promise<FilesystemSize> {
  const { bsize, blocks, bfree, bavail, files, ffree } = await statfs(path);
  return { blockBytes: bsize, blocks, free: bfree, available: bavail, inodes: files, inodesFree: ffree };
}

/**
 * Asks a child process (coreutils or busybox `stat`), since a statfs on a dead network filesystem never returns and
 * would hold a thread of the pool for ever. The promise settles when the child does.
 */
export function sizeByChild(path: string): Promise<FilesystemSize> {
  return new Promise((resolve, reject) => {
    const child = spawn('stat', ['-f', '-c', '%S %b %f %a %c %d', '--', path], { stdio: ['ignore', 'pipe', 'ignore'] });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
    child.once('error', reject);
    child.once('close', (code) => {
      const [blockBytes = 0, blocks = 0, free = 0, available = 0, inodes = 0, inodesFree = 0] = output
        .split(' ')
        .map(Number);
      if (code === 0) resolve({ blockBytes, blocks, free, available, inodes, inodesFree });
      else reject(new Error(`stat -f ended with code ${code}`));
    });
    child.unref();
  });
}
