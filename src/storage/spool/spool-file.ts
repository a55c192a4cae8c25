import { join } from 'node:path';
import type { TimeSpan } from '#core/model/time-span.ts';

/**
 * A durable batch: one Native block of one table. Row count and checksum stand in the name, so that the file is pure
 * Native and the engine reads it as it is. Ids sort by time of writing and are the deduplication tokens.
 */
export type SpoolFile = {
  readonly table: string;
  readonly id: string;
  readonly rows: number;
  /** CRC-32 (IEEE, as zlib computes it natively) of the whole file. */
  readonly crc: number;
  readonly bytes: number;
  /** The time (ms) of its first sample; undefined where its writer did not tell. */
  readonly oldest?: number;
  /** Where the times of its rows lie; undefined where its writer did not tell. */
  readonly spans?: readonly TimeSpan[];
};

const NAME = /^(\d{13}-[0-9a-z]{8}-[0-9a-z]{6})\.(\d{1,9})\.([0-9a-f]{8})\.native$/;

/** The file's name inside the folder of its table. */
export function spoolFileName(file: Pick<SpoolFile, 'id' | 'rows' | 'crc'>): string {
  return `${file.id}.${file.rows}.${file.crc.toString(16).padStart(8, '0')}.native`;
}

/** The file's path. */
export function spoolFilePath(directory: string, file: SpoolFile): string {
  return join(directory, file.table, spoolFileName(file));
}

/** What a name tells; undefined when it is not the name of a spool file. */
export function parseSpoolFileName(name: string): Pick<SpoolFile, 'id' | 'rows' | 'crc'> | undefined {
  const [, id, rows, crc] = NAME.exec(name) ?? [];
  if (id === undefined || rows === undefined || crc === undefined) return undefined;
  return { id, rows: Number(rows), crc: Number.parseInt(crc, 16) };
}

/** When the batch was written, ms since the epoch. */
export function spoolFileTime(file: Pick<SpoolFile, 'id'>): number {
  return Number(file.id.slice(0, 13));
}

/** Makes ids that never repeat: time, a random mark of this process or thread, a counter. */
export function spoolIds(now: () => number): () => string {
  const mark = Math.floor(Math.random() * 36 ** 8)
    .toString(36)
    .padStart(8, '0');
  let count = 0;
  return () => {
    count += 1;
    return `${String(Math.floor(now())).padStart(13, '0')}-${mark}-${count.toString(36).padStart(6, '0')}`;
  };
}
