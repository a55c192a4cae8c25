import { z } from 'zod';
import { addressOption, parseAddress, SecretReference, TLS_OPTIONS } from '#core/plugin/target-options.ts';

const POSTGRES_PORT = 5_432;
const top = (what: string) => z.int().min(0).max(500).describe(`${what} that have series of their own; 0 for none.`);

/** Options of a target. */
export const PostgresqlConfig = z.strictObject({
  address: addressOption(POSTGRES_PORT),
  username: z.string().min(1).describe('A role that is a member of pg_monitor.'),
  password: SecretReference.optional().describe('Its password.'),
  database: z
    .string()
    .min(1)
    .default('postgres')
    .describe('The database to log in to: of its tables and statements the series are.'),
  tls: z.boolean().default(false).describe('Speak TLS.'),
  ...TLS_OPTIONS,
  tables: top('Largest tables of the database').default(20),
  statements: top('Statements with the most time, where pg_stat_statements is installed,').default(20),
});
export type PostgresqlConfig = z.infer<typeof PostgresqlConfig>;

/** Host and port of a target. */
export function addressOf({ address }: PostgresqlConfig): { readonly host: string; readonly port: number } {
  const parsed = parseAddress(address, POSTGRES_PORT);
  if (parsed === undefined) throw new Error(`${address} has passed the schema and is no address`);
  return parsed;
}
