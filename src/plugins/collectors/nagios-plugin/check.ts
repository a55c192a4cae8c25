import { access, constants } from 'node:fs/promises';
import { join } from 'node:path';
import { checkCollection } from '#core/plugin/check-series.ts';
import { CollectError } from '#core/plugin/collect-error.ts';
import type { CollectContext, Collection } from '#core/plugin/collector.ts';
import type { ProgramOutcome, TargetContext } from '#core/plugin/target-context.ts';
import { splitPluginOutput } from '#parsing/perfdata/plugin-output.ts';
import { checkName, expandMacros, type NagiosPluginConfig } from './config.ts';
import { PLUGIN_STATES } from './metrics.ts';
import { perfdataValues } from './parse.ts';

/** Runs the plugin of one target. What it says is the result; a program that cannot run is an error of ours. */
export function nagiosPlugin(config: NagiosPluginConfig, { programs, secret }: TargetContext) {
  return async ({ signal, scheduledAt: now }: CollectContext): Promise<Collection> => {
    const password = config.secret === undefined ? undefined : await secret(config.secret);
    const host = config.host ?? '127.0.0.1';
    const macros = {
      ...{ HOSTADDRESS: host, HOSTNAME: config.host ?? 'localhost', USER1: config.folders[0] ?? '' },
      ...(password === undefined ? {} : { SECRET: password }),
    };
    const env = password === undefined ? {} : { NOCMATE_SECRET: password };
    const started = performance.now();
    const finding = await programs
      .run(await pathOf(config), expandMacros(config.args, macros), { signal, env, isChosen: true })
      .then(found, (error: unknown) => {
        if (!signal.aborted) throw error;
        const reason = 'it did not end in time, and was killed with all that it had started';
        return { result: 'timeout', durationMs: performance.now() - started, reason };
      });
    return checkCollection('nagioscheck', checkName(config), finding, now);
  };
}

function found({ exitCode, stdout, stderr, durationMs }: ProgramOutcome) {
  const { text, longText } = splitPluginOutput(stdout);
  const said = [text, longText, stderr.trim()].find((part) => part !== '');
  const code = exitCode === undefined ? [] : [{ metric: 'nagioscheck_exit_code', value: exitCode }];
  return {
    result: PLUGIN_STATES[exitCode ?? 3] ?? 'unknown',
    durationMs,
    reason: said ?? (exitCode === undefined ? 'a signal ended it' : 'it said nothing'),
    values: [...code, ...perfdataValues(stdout)],
  };
}

/** The program itself; a bare name is looked for in the folders. Throws `answer` when it is in none. */
async function pathOf({ program, folders }: NagiosPluginConfig): Promise<string> {
  if (program.startsWith('/')) return program;
  for (const folder of folders) {
    const path = join(folder, program);
    const isThere = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (isThere) return path;
  }
  const hint = 'install it (Debian: monitoring-plugins-basic) or write its whole path';
  throw new CollectError('answer', `there is no plugin ${program} in ${folders.join(', ')}: ${hint}`);
}
