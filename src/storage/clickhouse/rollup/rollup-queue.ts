import { copyFile, link, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '#core/errors.ts';
import { syncFolder, writeDurably } from '#io/write-durably.ts';
import { earliestSample } from './earliest-sample.ts';

/** `<token>.<earliest time in ms>.native` */
const FILE = /^(.+)\.(\d+)\.native$/;
const GROUP_FILE = 'group.json';
/** About 900,000 rows: aggregating them takes a fraction of a query's memory even if every series is another one. */
const GROUP_BYTES = 24 * 2 ** 20;
const GROUP_FILES = 400;

const Group = z.object({ id: z.string(), tokens: z.array(z.string()) });
/** Batches that go into the rollups with one insert. Its members are on disk before it is tried, and never change. */
export type Group = z.infer<typeof Group>;

/** The folder of sample batches that are stored, but not yet in the rollups. */
export class RollupQueue {
  readonly directory: string;
  /** The earliest sample (ms) of each batch that waits. */
  readonly #waiting = new Map<string, number>();

  constructor(directory: string) {
    this.directory = directory;
  }

  async open(): Promise<void> {
    await mkdir(this.directory, { recursive: true, mode: 0o700 });
    this.#waiting.clear();
    for (const name of await readdir(this.directory)) {
      const [, token, earliest] = FILE.exec(name) ?? [];
      if (token !== undefined) this.#waiting.set(token, Number(earliest));
    }
  }

  /** The time (ms) of the earliest sample that is not in the rollups; infinite when nothing waits. */
  get earliest(): number {
    let least = Number.POSITIVE_INFINITY;
    for (const time of this.#waiting.values()) if (time < least) least = time;
    return least;
  }

  /** Keeps a batch for the rollups: a second name of its file, durable when this resolves. */
  async add(file: string, token: string): Promise<void> {
    if (!/^[\w.-]{1,200}$/.test(token)) throw new AppError('bad_request', `"${token}" is not the token of a batch`);
    const earliest = await earliestSample(file);
    const path = join(this.directory, `${token}.${earliest}.native`);
    await link(file, path).catch(async (error: NodeJS.ErrnoException) => {
      if (error.code === 'EXDEV') return copyDurably(file, path);
      if (error.code !== 'EEXIST') throw error;
    });
    this.#waiting.set(token, earliest);
    await syncFolder(this.directory);
  }

  /** The group that was begun, or undefined. */
  async begun(): Promise<Group | undefined> {
    const text = await readFile(join(this.directory, GROUP_FILE), 'utf8').catch(() => undefined);
    return text === undefined ? undefined : Group.parse(JSON.parse(text));
  }

  /** The oldest batches, as many as one group takes. */
  async oldest(): Promise<string[]> {
    const tokens: string[] = [];
    let bytes = 0;
    for (const token of [...this.#waiting.keys()].sort().slice(0, GROUP_FILES)) {
      bytes += (await stat(this.#path(token))).size;
      if (tokens.length > 0 && bytes > GROUP_BYTES) break;
      tokens.push(token);
    }
    return tokens;
  }

  /** The pattern by which the engine reads the files of these batches. */
  pattern(tokens: readonly string[]): string {
    return join(this.directory, `{${tokens.map((token) => this.#name(token)).join(',')}}`);
  }

  begin(group: Group): Promise<void> {
    return writeDurably(join(this.directory, GROUP_FILE), JSON.stringify(group));
  }

  /** Forgets batches; with `group`, the begun group as well. */
  async drop(tokens: readonly string[], group = false): Promise<void> {
    for (const token of tokens) {
      await rm(this.#path(token), { force: true });
      this.#waiting.delete(token);
    }
    if (group) await rm(join(this.directory, GROUP_FILE), { force: true });
  }

  #name(token: string): string {
    return `${token}.${this.#waiting.get(token)}.native`;
  }

  #path(token: string): string {
    return join(this.directory, this.#name(token));
  }
}

async function copyDurably(from: string, to: string): Promise<void> {
  await copyFile(from, `${to}.tmp`);
  const file = await open(`${to}.tmp`, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${to}.tmp`, to);
}
