import { z } from 'zod';
import { addressOption, parseAddress, SecretReference, TLS_OPTIONS } from '#core/plugin/target-options.ts';
import type { HostPort } from '#core/units/listen-address.ts';

const MSSQL_PORT = 1_433;

/** Options of a target. */
export const MssqlConfig = z.strictObject({
  address: addressOption(MSSQL_PORT),
  username: z.string().min(1).describe('A login with the right VIEW SERVER STATE.'),
  password: SecretReference.describe('Its password.'),
  tls: z.boolean().default(true).describe('Encrypt the connection; without it the password can be read on the way.'),
  ...TLS_OPTIONS,
  waits: z.number().int().min(0).max(200).default(30).describe('Kinds of waits with series of their own, the longest.'),
});
export type MssqlConfig = z.infer<typeof MssqlConfig>;

/** Host and port of a target. */
export function addressOf({ address }: MssqlConfig): HostPort {
  const parsed = parseAddress(address, MSSQL_PORT);
  if (parsed === undefined) throw new Error(`${address} has passed the schema and is no address`);
  return parsed;
}
