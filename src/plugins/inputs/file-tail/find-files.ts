import type { BigIntStats } from 'node:fs';
import { glob, readdir, stat } from 'node:fs/promises';
import { dirname, join, matchesGlob } from 'node:path';
import type { FileGroup } from './config.ts';
import { areRelated } from './related-names.ts';

/** A file that lies there now. */
export type FoundFile = {
  readonly path: string;
  /** Device and inode: names the file while it lives. */
  readonly id: string;
  readonly size: number;
  readonly changed: number;
  /** The group whose globs it fits; undefined: it is kin of a file that does. */
  readonly group: FileGroup | undefined;
};

/** The group that a path belongs to. */
export function groupOf(groups: readonly FileGroup[], path: string): FileGroup | undefined {
  return groups.find(({ include, exclude = [] }) => fits(path, include) && !fits(path, exclude));
}

/** The files of all groups, and the kin of `known` paths, each once. */
export async function findFiles(groups: readonly FileGroup[], known: Iterable<string>): Promise<FoundFile[]> {
  const paths = new Map<string, FileGroup | undefined>();
  for (const group of groups) {
    for await (const path of glob(group.include)) {
      if (!paths.has(path) && !fits(path, group.exclude ?? [])) paths.set(path, group);
    }
  }
  for (const path of await kinOf(known)) if (!paths.has(path)) paths.set(path, undefined);
  const found = new Map<string, FoundFile>();
  for (const [path, group] of paths) {
    const file = await statFile(path, group);
    if (file !== undefined && !found.has(file.id)) found.set(file.id, file);
  }
  return [...found.values()];
}

/** What lies at a path; undefined where there is no file. */
export async function statFile(path: string, group: FileGroup | undefined): Promise<FoundFile | undefined> {
  const stats = await stat(path, { bigint: true }).catch(() => undefined);
  if (stats === undefined || !stats.isFile()) return undefined;
  return { path, id: idOf(stats), size: Number(stats.size), changed: Number(stats.mtimeMs), group };
}

/** Device and inode as one text. */
export function idOf({ dev, ino }: Pick<BigIntStats, 'dev' | 'ino'>): string {
  return `${dev}:${ino}`;
}

async function kinOf(known: Iterable<string>): Promise<string[]> {
  const byFolder = Map.groupBy(new Set(known), dirname);
  const kin: string[] = [];
  for (const [folder, paths] of byFolder) {
    const names = await readdir(folder).catch(() => []);
    for (const path of names.map((name) => join(folder, name))) {
      if (paths.some((one) => areRelated(one, path))) kin.push(path);
    }
  }
  return kin;
}

function fits(path: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => matchesGlob(path, pattern));
}
