import { domainToASCII } from 'node:url';
import { z } from 'zod';
import { checkOption } from '#core/plugin/check-options.ts';
import { patternOption } from '#core/plugin/pattern-option.ts';
import { addressOption, addressText, parseAddress, RARE } from '#core/plugin/target-options.ts';
import type { HostPort } from '#core/units/listen-address.ts';
import { RECORD_TYPES, RESPONSE_CODES, type RecordType } from './record-types.ts';

const PORT = 53;
const TYPES = Object.keys(RECORD_TYPES) as [RecordType, ...RecordType[]];

/** As it goes over the wire; undefined for what can be no name (RFC 1035 §2.3.4). */
export function wireName(text: string): string | undefined {
  const name = text.replace(/\.$/, '');
  // Underscores and the like are names of DNS, though none of hosts.
  const ascii = /^[\x21-\x7e]*$/.test(name) ? name.toLowerCase() : domainToASCII(name);
  const isName = ascii !== '' && ascii.length <= 253 && ascii.split('.').every((label) => /^.{1,63}$/.test(label));
  return text === '.' ? '' : isName ? ascii : undefined;
}

/** Options of a target: which server is asked for what, and what it must answer. */
export const DnsCheckConfig = z.strictObject({
  address: addressOption(PORT).describe('The DNS server that is asked: host, or host:port.'),
  question: z
    .string()
    .trim()
    .refine((text) => wireName(text) !== undefined, 'this can be no name')
    .describe('The name that is asked for, like www.example.org.'),
  check: checkOption,
  type: z.enum(TYPES).default('A').describe('The type of its records.'),
  transport: z
    .enum(['udp', 'tcp'])
    .default('udp')
    .describe('How it is asked; an answer that is too long for UDP is asked for again by TCP.'),
  expect: z
    .array(z.string().trim().min(1))
    .default([])
    .describe('Answers that must be there, like 10.0.0.1 or 10 mail.example.org.'),
  exact: z.boolean().default(false).describe('No other answers than those that are expected.'),
  matches: patternOption.optional().describe('A regular expression (RE2) that must match in one of the answers.'),
  code: z
    .enum(RESPONSE_CODES)
    .default('NOERROR')
    .meta(RARE)
    .describe('The response code that is right: NXDOMAIN for a name that must not be there.'),
  recursive: z.boolean().default(true).meta(RARE).describe('Ask the server to ask others.'),
  authoritative: z.boolean().default(false).meta(RARE).describe('The answer must be authoritative (AA).'),
  dnssec: z.boolean().default(false).meta(RARE).describe('The server must have checked the signatures (AD).'),
});
export type DnsCheckConfig = z.infer<typeof DnsCheckConfig>;

/** Host and port of the server. */
export function addressOf({ address }: DnsCheckConfig): HostPort {
  const parsed = parseAddress(address, PORT);
  if (parsed === undefined) throw new Error(`${address} has passed the schema and is no address`);
  return parsed;
}

/** The name in the label `check`. */
export function checkName({ check, type, question }: DnsCheckConfig): string {
  return check ?? `${type} ${question}`;
}

/** What tells targets apart: the same may be asked of several servers. */
export function targetName(config: DnsCheckConfig): string {
  return `${checkName(config)} at ${addressText(addressOf(config))}`;
}
