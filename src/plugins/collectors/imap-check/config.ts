import { z } from 'zod';
import { SECURITIES } from '#core/plugin/check-connection.ts';
import { CHECK_TLS_OPTIONS, checkOption } from '#core/plugin/check-options.ts';
import { addressOption, addressText, parseAddress, RARE, SecretReference } from '#core/plugin/target-options.ts';
import type { HostPort } from '#core/units/listen-address.ts';

const PROTOCOLS = ['imap', 'pop3'] as const;
const PORTS = {
  imap: { none: 143, starttls: 143, tls: 993 },
  pop3: { none: 110, starttls: 110, tls: 995 },
} as const;

/** Options of a target: which server of mailboxes, and how far the dialogue goes. */
export const ImapCheckConfig = z
  .strictObject({
    address: addressOption(PORTS.imap.none).describe(
      'Host, or host:port; the usual port of the protocol (143, 993, 110, 995) unless it is written.',
    ),
    check: checkOption,
    protocol: z.enum(PROTOCOLS).default('imap').describe('IMAP4 or POP3.'),
    security: z
      .enum(SECURITIES)
      .default('starttls')
      .describe('TLS after STARTTLS (STLS), from the first byte on (tls), or none.'),
    username: z.string().min(1).optional().describe('User name, for a login.'),
    password: SecretReference.optional().describe('Its password.'),
    mailbox: z
      .string()
      .min(1)
      .default('INBOX')
      .meta(RARE)
      .describe('The mailbox whose mails are counted after the login (IMAP); nothing in it is changed.'),
    ...CHECK_TLS_OPTIONS,
  })
  .refine(({ username, security }) => username === undefined || security !== 'none', {
    path: ['security'],
    message: 'a password goes over TLS only: write starttls or tls',
  });
export type ImapCheckConfig = z.infer<typeof ImapCheckConfig>;

/** Host and port of a target. */
export function addressOf({ address, protocol, security }: ImapCheckConfig): HostPort {
  const parsed = parseAddress(address, PORTS[protocol][security]);
  if (parsed === undefined) throw new Error(`${address} has passed the schema and is no address`);
  return parsed;
}

/** The name in the label `check`. */
export function checkName(config: ImapCheckConfig): string {
  return config.check ?? `${config.protocol} ${addressText(addressOf(config))}`;
}
