import { parse } from 'yaml';
import { followFiles } from '#io/follow-files.ts';
import type { FileDiscovery } from '../config.ts';
import { type Discovery, type DiscoveryTools, parseTargetGroups, targetsOf } from './discovery.ts';

/**
 * Targets from files (`file_sd_configs`): read when their folder changes and every `refresh_interval`. A file that cannot
 * be read keeps the targets it had; one that is gone has none.
 */
export function fileDiscovery(config: FileDiscovery, tools: DiscoveryTools): Discovery {
  const options = {
    patterns: config.files,
    everyMs: config.refresh_interval,
    parse: (text: string, file: string) => targetsOf(parseTargetGroups(parse(text)), { __meta_filepath: file }),
    ...tools,
  };
  return (publish, signal) => followFiles(options, (contents) => publish([...contents.values()].flat()), signal);
}
