import { z } from 'zod';
import { addressOption, parseAddress, SecretReference, TLS_OPTIONS } from '#core/plugin/target-options.ts';

const REDIS_PORT = 6_379;

/** Options of a target. */
export const RedisConfig = z.strictObject({
  address: addressOption(REDIS_PORT),
  username: z.string().min(1).optional().describe('ACL user; without it a password is that of the default user.'),
  password: SecretReference.optional().describe('Its password.'),
  tls: z.boolean().default(false).describe('Speak TLS.'),
  ...TLS_OPTIONS,
});
export type RedisConfig = z.infer<typeof RedisConfig>;

/** Host and port of a target. */
export function addressOf({ address }: RedisConfig): { readonly host: string; readonly port: number } {
  const parsed = parseAddress(address, REDIS_PORT);
  if (parsed === undefined) throw new Error(`${address} has passed the schema and is no address`);
  return parsed;
}
