import { z } from 'zod';
import { addressOption, parseAddress, SecretReference, TLS_OPTIONS } from '#core/plugin/target-options.ts';

const MYSQL_PORT = 3_306;

/** Options of a target. */
export const MysqlConfig = z.strictObject({
  address: addressOption(MYSQL_PORT),
  username: z.string().min(1).describe('A user who may look at the state of the server.'),
  password: SecretReference.optional().describe('Its password.'),
  tls: z.boolean().default(false).describe('Speak TLS.'),
  ...TLS_OPTIONS,
  statements: z
    .int()
    .min(0)
    .max(200)
    .default(20)
    .describe('Statements with the most time that have series of their own, where the performance schema is on.'),
});
export type MysqlConfig = z.infer<typeof MysqlConfig>;

/** Host and port of a target. */
export function addressOf({ address }: MysqlConfig): { readonly host: string; readonly port: number } {
  const parsed = parseAddress(address, MYSQL_PORT);
  if (parsed === undefined) throw new Error(`${address} has passed the schema and is no address`);
  return parsed;
}
