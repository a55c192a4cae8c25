import { parse } from 'yaml';
import { z } from 'zod';
import type { CollectorPlugin } from '#core/plugin/collector.ts';
import type { Clock } from '#io/clock.ts';
import { followFiles } from '#io/follow-files.ts';
import type { Logger } from '#io/log.ts';
import { CollectorsConfig, type PlannedCollector, planSection } from './config.ts';

export type TargetFilesOptions = {
  readonly patterns: readonly string[];
  readonly plugins: ReadonlyMap<string, CollectorPlugin>;
  readonly publish: (planned: readonly PlannedCollector[]) => void;
  readonly clock: Clock;
  readonly logger: Logger;
};

const EVERY_MS = 30_000;

/** Targets from files (YAML or JSON, the shape of `collectors`), until the signal aborts. A bad file keeps what it had. */
export async function followTargetFiles(options: TargetFilesOptions, signal: AbortSignal): Promise<void> {
  const { patterns, plugins, publish, ...tools } = options;
  if (patterns.length === 0) return;
  const read = (text: string, file: string): readonly PlannedCollector[] => {
    const section = CollectorsConfig.safeParse(parse(text) ?? {});
    if (section.success) return planSection(plugins, section.data, { place: file, origin: 'file' });
    throw new Error(`it is no list of targets by collector: ${z.prettifyError(section.error)}`);
  };
  const follow = { patterns, everyMs: EVERY_MS, parse: read, ...tools };
  await followFiles(follow, (contents) => publish([...contents.values()].flat()), signal);
}
