import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { z } from 'zod';
import { writeDurably } from '#io/write-durably.ts';

const Manifest = z.object({ version: z.string() });
const FILE = 'engine.json';

/** The version of the engine's library, known before the directory is opened. */
export function libraryVersion(): string {
  const fromChdb = createRequire(createRequire(import.meta.url).resolve('chdb'));
  const libc = process.platform === 'linux' ? '-gnu' : '';
  const name = `@chdb/lib-${process.platform}-${process.arch}${libc}/package.json`;
  return Manifest.parse(fromChdb(name)).version;
}

/** Refuses a directory that a newer engine has written, and records this one. Throws Error with what to do. */
export async function claimDirectory(directory: string, version: string): Promise<void> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const text = await readFile(join(directory, FILE), 'utf8').catch(() => undefined);
  const recorded = text === undefined ? undefined : Manifest.parse(JSON.parse(text)).version;
  if (recorded === version) return;
  if (recorded !== undefined && compareVersions(recorded, version) > 0) {
    throw new Error(
      `${directory} was written by engine ${recorded}, this release brings ${version}: start a newer one`,
    );
  }
  await writeDurably(join(directory, FILE), JSON.stringify({ version }));
}

/** Orders versions like 26.7.3-stable.1 by their numbers. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((text) => (text.match(/\d+/g) ?? []).map(Number));
  for (let i = 0; i < Math.max(left?.length ?? 0, right?.length ?? 0); i += 1) {
    const difference = (left?.[i] ?? 0) - (right?.[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
