import { basename } from 'node:path';
import { z } from 'zod';
import { checkOption } from '#core/plugin/check-options.ts';
import { RARE, SecretReference } from '#core/plugin/target-options.ts';

/** Options of a target: which program runs, with what. */
export const NagiosPluginConfig = z.strictObject({
  program: z
    .string()
    .trim()
    .regex(/^(\/.*)?[^/\0]+$/, 'write a name, like check_load, or a whole path')
    .describe('The plugin: its name, like check_load, or its whole path.'),
  args: z
    .array(z.string())
    .default([])
    .describe(
      'Its arguments, one for each; no shell reads them. Macros: $HOSTADDRESS$, $HOSTNAME$, $USER1$, $SECRET$.',
    ),
  host: z
    .string()
    .trim()
    .min(1)
    .optional()
    .describe('The host that it looks at, for the macros and the label host; without one, this machine.'),
  check: checkOption.describe('Name of the check, in the label `check`; without one, that of the program.'),
  secret: SecretReference.optional().describe(
    'What $SECRET$ stands for. Arguments can be seen by the users of this machine; NOCMATE_SECRET in the environment cannot.',
  ),
  folders: z
    .array(z.string().startsWith('/'))
    .min(1)
    .default(['/usr/lib/nagios/plugins', '/usr/lib64/nagios/plugins', '/usr/local/nagios/libexec'])
    .meta(RARE)
    .describe('Where plugins lie that are written without a path; the first is $USER1$.'),
});
export type NagiosPluginConfig = z.infer<typeof NagiosPluginConfig>;

/** The name in the label `check`. */
export function checkName({ check, program }: NagiosPluginConfig): string {
  return check ?? basename(program);
}

/** What tells targets apart. */
export function targetName(config: NagiosPluginConfig): string {
  const { host } = config;
  return host === undefined ? checkName(config) : `${checkName(config)} of ${host}`;
}

/** Arguments with their macros replaced; `$$` is a dollar, macros that are not known stay as they are. */
export function expandMacros(args: readonly string[], macros: Readonly<Record<string, string>>): string[] {
  return args.map((arg) =>
    arg.replaceAll(/\$(\w*)\$/g, (written, name: string) => (name === '' ? '$' : (macros[name] ?? written))),
  );
}
