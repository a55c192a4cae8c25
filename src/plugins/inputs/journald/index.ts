import { isAbsolute } from 'node:path';
import { z } from 'zod';
import { defineInput } from '#core/plugin/input.ts';
import { hasOwnJournal } from './has-journal.ts';
import { readJournal } from './journal.ts';

const Unit = z.string().regex(/^[^-\s]\S*$/, { error: 'the name of a unit, like nginx or ssh.service' });

export default defineInput({
  title: 'systemd journal',
  summary: 'The journal of this machine or of a folder, each entry exactly once, through journalctl.',
  config: z.strictObject({
    read: z
      .enum(['auto', 'on', 'off'])
      .default('auto')
      .describe('`auto`: where there is a journal and no syslog daemon that writes the same to /var/log.'),
    directory: z
      .string()
      .refine(isAbsolute, { error: 'a whole path' })
      .optional()
      .describe('Of journal files, instead of this machine’s; read when it is set, unless `read` is `off`.'),
    units: z.array(Unit).default([]).describe('Only entries of these units.'),
    startAt: z
      .union([z.enum(['beginning', 'end']), z.number().int().min(1)])
      .default(10_000)
      .describe('Where it is begun at the very first start: all, nothing, or so many entries of the end.'),
  }),
  start: async ({ read, ...options }, context) => {
    if (read === 'off') return;
    const isWanted = read === 'on' || options.directory !== undefined || (await hasOwnJournal());
    if (isWanted) context.pull((pull) => readJournal({ ...options, directory: options.directory }, pull));
  },
});
