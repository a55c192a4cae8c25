import { z } from 'zod';
import { SECURITIES } from '#core/plugin/check-connection.ts';
import { CHECK_TLS_OPTIONS, checkOption } from '#core/plugin/check-options.ts';
import { addressOption, addressText, parseAddress, RARE, SecretReference } from '#core/plugin/target-options.ts';
import type { HostPort } from '#core/units/listen-address.ts';

const PORTS = { none: 25, starttls: 25, tls: 465 } as const;
const MAILBOX = /^[^\s<>]*$/;

/** Options of a target: which mail server, and how far the dialogue goes. */
export const SmtpCheckConfig = z
  .strictObject({
    address: addressOption(PORTS.none).describe('Host, or host:port; the port is 25, or 465 with TLS, unless written.'),
    check: checkOption,
    security: z
      .enum(SECURITIES)
      .default('starttls')
      .describe('TLS after STARTTLS, from the first byte on (tls), or none.'),
    username: z.string().min(1).optional().describe('User name, for a login (AUTH PLAIN or LOGIN).'),
    password: SecretReference.optional().describe('Its password.'),
    recipient: z
      .string()
      .regex(MAILBOX, 'write an address, like post@example.org')
      .optional()
      .describe('An address for which the server must take mail; none is sent.'),
    sender: z
      .string()
      .regex(MAILBOX, 'write an address, like nocmate@example.org')
      .default('')
      .meta(RARE)
      .describe('The sender of that mail; empty, as of a bounce, unless it is written.'),
    helo: z
      .string()
      .regex(/^[\w.:[\]-]+$/, 'write the name of a host')
      .default('nocmate.invalid')
      .meta(RARE)
      .describe('The name by which the check greets.'),
    ...CHECK_TLS_OPTIONS,
  })
  .refine(({ username, security }) => username === undefined || security !== 'none', {
    path: ['security'],
    message: 'a password goes over TLS only: write starttls or tls',
  });
export type SmtpCheckConfig = z.infer<typeof SmtpCheckConfig>;

/** Host and port of a target. */
export function addressOf({ address, security }: SmtpCheckConfig): HostPort {
  const parsed = parseAddress(address, PORTS[security]);
  if (parsed === undefined) throw new Error(`${address} has passed the schema and is no address`);
  return parsed;
}

/** The name in the label `check`. */
export function checkName(config: SmtpCheckConfig): string {
  return config.check ?? addressText(addressOf(config));
}
