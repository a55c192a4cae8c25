import { type FSWatcher, watch } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { messageOf } from '#core/errors.ts';
import type { Clock } from './clock.ts';
import type { Logger } from './log.ts';

export type FollowOptions<Content> = {
  /** Paths whose last part may hold `*`. */
  readonly patterns: readonly string[];
  /** They are read when their folder changes, and so often. */
  readonly everyMs: number;
  /** Throws an error that says what is wrong with the text. */
  readonly parse: (text: string, file: string) => Content;
  readonly clock: Clock;
  readonly logger: Logger;
};

/** Editors write a file in several steps; what is read in between would only be half of it. */
const SETTLE_MS = 50;

/**
 * Publishes what the files hold, by path, each time they have been read, until the signal aborts. A file that cannot be
 * read keeps what it held; one that is gone holds nothing.
 */
export async function followFiles<Content>(
  options: FollowOptions<Content>,
  publish: (contents: ReadonlyMap<string, Content>) => void,
  signal: AbortSignal,
): Promise<void> {
  const { patterns, everyMs, clock } = options;
  const kept = new Map<string, Content>();
  let wake = new AbortController();
  const watchers = watchFolders(patterns, () => wake.abort());
  const onStop = (): void => wake.abort();
  signal.addEventListener('abort', onStop, { once: true });
  try {
    while (!signal.aborted) {
      wake = new AbortController();
      await readAll(options, kept);
      publish(kept);
      await clock.sleep(everyMs, AbortSignal.any([wake.signal, signal]));
      await clock.sleep(SETTLE_MS, signal);
    }
  } finally {
    signal.removeEventListener('abort', onStop);
    for (const watcher of watchers) watcher.close();
  }
}

async function readAll<Content>(
  { patterns, parse, logger }: FollowOptions<Content>,
  kept: Map<string, Content>,
): Promise<void> {
  const files = new Set((await Promise.all(patterns.map(matchingFiles))).flat());
  for (const file of [...kept.keys()]) if (!files.has(file)) kept.delete(file);
  for (const file of files) {
    try {
      kept.set(file, parse(await readFile(file, 'utf8'), file));
    } catch (error) {
      logger.warn({ file, problem: messageOf(error) }, 'a file of targets cannot be used');
    }
  }
}

/** Files that a pattern names; only its last part may hold `*`. */
export async function matchingFiles(pattern: string): Promise<string[]> {
  const folder = dirname(resolve(pattern));
  const names = await readdir(folder).catch(() => []);
  const literal = basename(pattern)
    .split('*')
    .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  const shape = new RegExp(`^${literal.join('[^/]*')}$`);
  return names
    .filter((one) => shape.test(one))
    .sort()
    .map((one) => join(folder, one));
}

function watchFolders(patterns: readonly string[], onChange: () => void): FSWatcher[] {
  const folders = new Set(patterns.map((pattern) => dirname(resolve(pattern))));
  return [...folders].flatMap((folder) => {
    try {
      // A watcher that breaks is no loss: files are read every `everyMs` as well.
      return [watch(folder, { persistent: false }, onChange).on('error', () => undefined)];
    } catch {
      return [];
    }
  });
}
