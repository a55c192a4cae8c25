import { AppError, messageOf } from '#core/errors.ts';

/**
 * The disk refused to make bytes durable. Never retried: Linux reports a failed write-back once and then marks the
 * pages clean, so a second fsync would succeed without the data. The process ends and starts again from the disk.
 */
export class StorageFault extends Error {
  constructor(step: string, path: string, cause: unknown) {
    super(`${step} of ${path} failed: ${messageOf(cause)}; the disk may be failing`, { cause });
    this.name = 'StorageFault';
  }
}

/** What a failed file operation of the spool means: no space (refuse, go on later) or a fault. */
export function spoolError(step: string, path: string, cause: unknown): AppError | StorageFault {
  const code = (cause as NodeJS.ErrnoException).code ?? '';
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new AppError('disk_full', `no space left for ${path}: free some, intake goes on by itself`, { cause });
  }
  if (code === 'EMFILE' || code === 'ENFILE') {
    return new AppError('unavailable', `no file descriptor left for ${path}: raise the limit (ulimit -n)`, { cause });
  }
  return new StorageFault(step, path, cause);
}
