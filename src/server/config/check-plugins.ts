import { z } from 'zod';
import { AppError } from '#core/errors.ts';
import { nearestName } from '#core/nearest-name.ts';
import type { CollectorPlugin } from '#core/plugin/collector.ts';
import type { InputPlugin } from '#core/plugin/input.ts';
import { planCollectors } from '#work/index.ts';
import { planScrape } from '#work/scrape/index.ts';
import type { Config } from './schema.ts';

type Plugins = {
  readonly inputs: ReadonlyMap<string, InputPlugin>;
  readonly collectors: ReadonlyMap<string, CollectorPlugin>;
};

/** Checks the sections of plugins by the plugins' own schemas, and scrape jobs. Throws `bad_request` that names the place. */
export function checkPlugins(config: Config, { inputs, collectors }: Plugins): void {
  planCollectors(collectors, config.collectors);
  planScrape(config.scrape);
  for (const [id, options] of Object.entries(config.inputs)) {
    const plugin = inputs.get(id);
    if (plugin === undefined) {
      const nearest = nearestName(id, [...inputs.keys()]);
      throw new AppError('bad_request', `inputs.${id}: there is no such input; did you mean "${nearest}"?`);
    }
    const parsed = plugin.config.safeParse(options);
    if (!parsed.success) throw new AppError('bad_request', `inputs.${id}: ${z.prettifyError(parsed.error)}`);
  }
}
