import { type FSWatcher, watch } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { parse } from 'yaml';
import { messageOf } from '#core/errors.ts';
import type { Labels } from '#core/model/labels.ts';
import type { FileDiscovery } from '../config.ts';
import { type Discovery, type DiscoveryTools, parseTargetGroups, targetsOf } from './discovery.ts';

/** Editors write a file in several steps; what is read in between would only be half of it. */
const SETTLE_MS = 50;

/**
 * Targets from files (`file_sd_configs`): read when their folder changes and every `refresh_interval`. A file that cannot
 * be read keeps the targets it had; one that is gone has none.
 */
export function fileDiscovery(config: FileDiscovery, { clock, logger }: DiscoveryTools): Discovery {
  return async (publish, signal) => {
    const kept = new Map<string, readonly Labels[]>();
    let wake = new AbortController();
    const watchers = watchFolders(config.files, () => wake.abort());
    const onStop = (): void => wake.abort();
    signal.addEventListener('abort', onStop, { once: true });
    try {
      while (!signal.aborted) {
        wake = new AbortController();
        await readAll(config.files, kept, (file, problem) =>
          logger.warn({ file, problem }, 'a file of targets cannot be used'),
        );
        publish([...kept.values()].flat());
        await clock.sleep(config.refresh_interval, AbortSignal.any([wake.signal, signal]));
        await clock.sleep(SETTLE_MS, signal);
      }
    } finally {
      signal.removeEventListener('abort', onStop);
      for (const watcher of watchers) watcher.close();
    }
  };
}

async function readAll(
  patterns: readonly string[],
  kept: Map<string, readonly Labels[]>,
  report: (file: string, problem: string) => void,
): Promise<void> {
  const files = new Set((await Promise.all(patterns.map(matches))).flat());
  for (const file of [...kept.keys()]) if (!files.has(file)) kept.delete(file);
  for (const file of files) {
    try {
      const groups = parseTargetGroups(parse(await readFile(file, 'utf8')));
      kept.set(file, targetsOf(groups, { __meta_filepath: file }));
    } catch (error) {
      report(file, messageOf(error));
    }
  }
}

/** Files that a pattern names; only its last part may hold `*`. */
async function matches(pattern: string): Promise<string[]> {
  const folder = dirname(resolve(pattern));
  const name = basename(pattern);
  const names = await readdir(folder).catch(() => []);
  const literal = name.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
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
      // A watcher that breaks is no loss: files are read every `refresh_interval` as well.
      return [watch(folder, { persistent: false }, onChange).on('error', () => undefined)];
    } catch {
      return [];
    }
  });
}
