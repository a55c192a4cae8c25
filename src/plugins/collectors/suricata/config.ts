import { isAbsolute } from 'node:path';
import { z } from 'zod';

/** Options of a target: the file that a Suricata on this machine writes its records to. */
export const SuricataConfig = z.strictObject({
  file: z
    .string()
    .refine(isAbsolute, 'write a whole path')
    .default('/var/log/suricata/eve.json')
    .describe('The file of EVE records (outputs: eve-log, filetype: regular).'),
  alertEvents: z
    .number()
    .int()
    .min(0)
    .max(1_000)
    .default(50)
    .describe('Most alerts that are events at each reading, the gravest first; all are counted.'),
});
export type SuricataConfig = z.infer<typeof SuricataConfig>;
