import { isAbsolute } from 'node:path';
import { z } from 'zod';
import { Duration } from '#core/units/duration-option.ts';
import { Size } from '#core/units/size.ts';

const Pattern = z.string().refine(isAbsolute, { error: 'a whole path, like /var/log/app/*.log' });
const Patterns = z.union([Pattern.transform((one) => [one]), z.array(Pattern).min(1)]);
const Place = z.union([z.enum(['beginning', 'end']), Size], {
  error: 'beginning, end, or how much of the end, like 16MiB',
});

/** Lines that belong to the event before them. */
export const Multiline = z.strictObject({
  start: z.string().optional().describe('What begins an event: RE2, `timestamp` or `java`.'),
  continuation: z.string().optional().describe('What goes on with one: RE2.'),
  timeout: Duration.prefault('500ms').describe('How long an event waits for more lines.'),
});

/** Files that are read alike. */
export const FileGroup = z.strictObject({
  include: Patterns.describe('Globs: `*`, `**`, `?`, `[a-z]`, `{a,b}`. What ends in .gz is unpacked and read once.'),
  exclude: Patterns.optional().describe('Globs of what is left out.'),
  startAt: Place.default('beginning').describe(
    'Where files that are there at the very first start are begun; others are always read whole.',
  ),
  host: z.string().min(1).max(255).optional().describe('Default: the name of this machine.'),
  service: z.string().max(255).optional(),
  source: z.string().max(255).optional().describe('Default: `file:` and the path.'),
  format: z.string().optional().describe('The format of the lines; default: it is recognised.'),
  fields: z.record(z.string().min(1), z.string()).default({}).describe('Fields that every line gets.'),
  multiline: z
    .union([z.literal('off'), Multiline])
    .prefault({ start: 'java' })
    .describe('Default: indented lines and those of stack traces go on with the event before.'),
  lineTimeout: Duration.prefault('10s').describe('A line without its end is taken after so long.'),
});
export type FileGroup = z.infer<typeof FileGroup>;

/** Options of the input. */
export const FileTailConfig = z.strictObject({
  files: z.array(FileGroup).default([]).describe('The first group that a file fits is the one it belongs to.'),
  hostLogs: z
    .enum(['on', 'off'])
    .default('on')
    .describe('Whether this machine’s own logs are read, where they can be.'),
});
export type FileTailConfig = z.infer<typeof FileTailConfig>;
