import { statfs } from 'node:fs/promises';
import type { StorageStatus } from '#core/api/status.ts';

type Engine = {
  readonly kind: 'embedded' | 'server';
  readonly version: () => string;
  readonly tables: () => Promise<StorageStatus['tables']>;
};

type State = {
  readonly kind: 'embedded' | 'server';
  readonly version: () => string;
  readonly sizeBytes: () => Promise<number>;
};

/** Sizes and retention of both stores, and the disk under the data directory. */
export async function storageStatus(engine: Engine, state: State, dataDir: string): Promise<StorageStatus> {
  const [tables, bytes, disk] = await Promise.all([engine.tables(), state.sizeBytes(), statfs(dataDir)]);
  return {
    engine: { kind: engine.kind, version: engine.version() },
    tables,
    state: { kind: state.kind, version: state.version(), bytes },
    disk: { path: dataDir, totalBytes: disk.blocks * disk.bsize, freeBytes: disk.bavail * disk.bsize },
  };
}
