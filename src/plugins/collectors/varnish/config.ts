import { z } from 'zod';

/** Options of a target: an instance of Varnish on this machine. */
export const VarnishConfig = z.strictObject({
  name: z
    .string()
    .trim()
    .regex(/^[\w./][\w./-]*$/, 'write the name or the directory that varnishd has after -n')
    .optional()
    .describe('Name of the instance (`varnishd -n`); without one, the default instance.'),
});
export type VarnishConfig = z.infer<typeof VarnishConfig>;

/** The name it has in labels. */
export const instanceOf = ({ name }: VarnishConfig): string => name ?? 'default';
