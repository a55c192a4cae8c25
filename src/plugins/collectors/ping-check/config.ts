import { z } from 'zod';
import { checkOption } from '#core/plugin/check-options.ts';
import { RARE } from '#core/plugin/target-options.ts';

/** Options of a target: which host, and how it must answer. */
export const PingCheckConfig = z.strictObject({
  host: z
    .string()
    .trim()
    .regex(/^[^\s/@-][^\s/@]*$/, 'write a name or an address, without a port')
    .describe('Name or address of the host.'),
  check: checkOption,
  count: z.int().min(1).max(20).default(5).describe('Echo requests of a run, 0.2 s apart.'),
  maxLoss: z.number().min(0).max(1).default(0.5).describe('The share of them that may be lost.'),
  maxRttMs: z.number().positive().optional().describe('How long an answer may take on average, in milliseconds.'),
  size: z.int().min(16).max(65_507).default(56).meta(RARE).describe('Bytes of each request.'),
});
export type PingCheckConfig = z.infer<typeof PingCheckConfig>;

/** The name in the label `check`. */
export function checkName({ check, host }: PingCheckConfig): string {
  return check ?? host;
}
