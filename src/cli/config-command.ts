import { AppError } from '#core/errors.ts';
import { checkPlugins } from '#server/config/check-plugins.ts';
import { loadConfig } from '#server/config/load.ts';
import { printConfig } from '#server/config/print.ts';
import { scanPlugins } from '#server/scan-plugins.ts';
import type { CommandLine } from './arguments.ts';

/** `config check` and `config print`. */
export async function configCommand({ words, flags }: CommandLine): Promise<number> {
  const [what = ''] = words;
  if (what !== 'check' && what !== 'print') {
    throw new AppError('bad_request', 'say what to do with the configuration: nocmate config check|print');
  }
  const config = await loadConfig({ env: process.env, flags });
  checkPlugins(config, { inputs: await scanPlugins('inputs'), collectors: await scanPlugins('collectors') });
  process.stdout.write(what === 'print' ? printConfig(config) : 'the configuration is valid\n');
  return 0;
}
