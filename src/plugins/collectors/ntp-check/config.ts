import { z } from 'zod';
import { checkOption } from '#core/plugin/check-options.ts';
import { addressOption, addressText, parseAddress, RARE } from '#core/plugin/target-options.ts';
import type { HostPort } from '#core/units/listen-address.ts';

const PORT = 123;

/** Options of a target: which time server, and how good its time must be. */
export const NtpCheckConfig = z.strictObject({
  address: addressOption(PORT),
  check: checkOption,
  maxOffsetMs: z
    .number()
    .positive()
    .default(1_000)
    .describe('How far its time may be from that of this machine, in milliseconds.'),
  maxStratum: z
    .int()
    .min(1)
    .max(15)
    .default(15)
    .meta(RARE)
    .describe('The most steps that may lie between the server and a reference clock.'),
});
export type NtpCheckConfig = z.infer<typeof NtpCheckConfig>;

/** Host and port of the server. */
export function addressOf({ address }: NtpCheckConfig): HostPort {
  const parsed = parseAddress(address, PORT);
  if (parsed === undefined) throw new Error(`${address} has passed the schema and is no address`);
  return parsed;
}

/** The name in the label `check`. */
export function checkName(config: NtpCheckConfig): string {
  return config.check ?? addressText(addressOf(config));
}
