import type { BigIntStats } from 'node:fs';
import { glob, readdir, stat } from 'node:fs/promises';
import { dirname, join, matchesGlob } from 'node:path';
import type { FileGroup } from './config.ts';
import { hasStem, rotatedName } from './related-names.ts';

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

/** The folder in which all files of a glob lie, at some depth. */
export function rootOf(pattern: string): string {
  const magic = pattern.search(/[*?[{]/);
  return dirname(magic < 0 ? pattern : `${pattern.slice(0, magic)}x`);
}

/** Device and inode as one text. */
export function idOf({ dev, ino }: Pick<BigIntStats, 'dev' | 'ino'>): string {
  return `${dev}:${ino}`;
}

/** Files whose names rotation may have made of known ones. */
async function kinOf(known: Iterable<string>): Promise<string[]> {
  const kin: string[] = [];
  const names = [...new Set(known)].map(rotatedName);
  for (const [folder, some] of Map.groupBy(names, (one) => one.folder)) {
    const stems = new Set(some.map(({ stem }) => stem));
    const lengths = [...new Set([...stems].map((stem) => stem.length))];
    const isKin = (name: string): boolean =>
      lengths.some((length) => stems.has(name.slice(0, length)) && hasStem(name, name.slice(0, length)));
    const there = await readdir(folder).catch(() => []);
    kin.push(...there.filter(isKin).map((name) => join(folder, name)));
  }
  return kin;
}

function fits(path: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => matchesGlob(path, pattern));
}
