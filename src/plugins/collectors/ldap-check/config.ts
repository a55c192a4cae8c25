import { z } from 'zod';
import { SECURITIES } from '#core/plugin/check-connection.ts';
import { CHECK_TLS_OPTIONS, checkOption } from '#core/plugin/check-options.ts';
import { addressOption, addressText, parseAddress, RARE, SecretReference } from '#core/plugin/target-options.ts';
import type { HostPort } from '#core/units/listen-address.ts';
import { SCOPES } from './messages.ts';

const PORTS = { none: 389, starttls: 389, tls: 636 } as const;

/** `(attribute=value)`; `*` for any value. */
const FILTER = /^\(([A-Za-z][\w.;-]*)=([^()*\\]+|\*)\)$/;

/** Options of a target: which directory, who asks, and for what. */
export const LdapCheckConfig = z
  .strictObject({
    address: addressOption(PORTS.none).describe(
      'Host, or host:port; the port is 389, or 636 with TLS, unless written.',
    ),
    check: checkOption,
    security: z.enum(SECURITIES).default('none').describe('TLS after STARTTLS, from the first byte on (tls), or none.'),
    username: z.string().min(1).optional().describe('Who binds, as a DN; without one, nobody (anonymous).'),
    password: SecretReference.optional().describe('Its password.'),
    base: z
      .string()
      .default('')
      .describe('DN of the entry where the search begins; empty: what the server says of itself.'),
    scope: z
      .enum(SCOPES)
      .default('base')
      .describe('The entry alone (base), those below it (one), or all under it (sub).'),
    filter: z
      .string()
      .trim()
      .regex(FILTER, 'write one comparison, like (objectClass=*) or (uid=ops)')
      .default('(objectClass=*)')
      .describe('What entries must be: (attribute=value), or (attribute=*) for any value.'),
    minEntries: z.int().min(0).max(1_000).default(1).meta(RARE).describe('Entries that must be found at least.'),
    ...CHECK_TLS_OPTIONS,
  })
  .refine(({ username, security }) => username === undefined || security !== 'none', {
    path: ['security'],
    message: 'a password goes over TLS only: write starttls or tls',
  })
  // A name without a password would be let in as nobody (RFC 4513 §5.1.2), and the check would say that all is well.
  .refine(({ username, password }) => (username === undefined) === (password === undefined), {
    path: ['password'],
    message: 'username and password go together',
  });
export type LdapCheckConfig = z.infer<typeof LdapCheckConfig>;

/** Host and port of a target. */
export function addressOf({ address, security }: LdapCheckConfig): HostPort {
  const parsed = parseAddress(address, PORTS[security]);
  if (parsed === undefined) throw new Error(`${address} has passed the schema and is no address`);
  return parsed;
}

/** Attribute and value of a filter; no value: any. */
export function filterOf({ filter }: LdapCheckConfig): { readonly attribute: string; readonly value?: string } {
  const [, attribute = '', value = '*'] = FILTER.exec(filter) ?? [];
  return value === '*' ? { attribute } : { attribute, value };
}

/** The name in the label `check`. */
export function checkName(config: LdapCheckConfig): string {
  const address = addressText(addressOf(config));
  return config.check ?? (config.base === '' ? address : `${config.base} at ${address}`);
}
