import { z } from 'zod';
import { LINES_FORMAT, parseAddress, RARE, SecretReference, TLS_OPTIONS } from '../plugin/target-options.ts';
import { Duration } from '../units/duration-option.ts';
import type { HostPort } from '../units/listen-address.ts';

const PORTS = { postgresql: 5_432, mysql: 3_306 } as const;
const NAME = /^[a-z][a-z0-9_]{0,99}$/;

/** The option `name` of a query. */
export const queryName = z.string().regex(NAME, 'write lower-case letters, digits and underscores, like shop_orders');

/** A column of an answer. */
export const ColumnName = z.string().trim().min(1).max(200);

/** Options of whoever asks a database a query: which one, who asks, and what. To be spread into a schema. */
export const SQL_TARGET_OPTIONS = {
  database: z
    .enum(['postgresql', 'mysql', 'sqlite'])
    .default('postgresql')
    .describe('What is asked; mysql is MariaDB too.'),
  address: z.string().trim().default('localhost').describe('Host or host:port of the server; for sqlite nothing.'),
  file: z.string().min(1).optional().describe('File of the database, for sqlite only; not for queries of the page.'),
  username: z.string().min(1).default('nocmate').describe('A user who may read what is asked for, and nothing else.'),
  password: SecretReference.optional().describe('Its password.'),
  schema: z.string().min(1).optional().describe('The database within the server.'),
  query: z
    .string()
    .trim()
    .min(1)
    .max(20_000)
    .meta({ format: LINES_FORMAT })
    .describe('One statement that reads: SELECT, WITH, SHOW.'),
  parameters: z
    .array(z.union([z.string(), z.number(), z.boolean()]))
    .max(50)
    .default([])
    .describe('Values of its placeholders, in order: $1 and on in PostgreSQL, ? in MySQL and SQLite.'),
  tls: z.boolean().default(false).describe('Speak TLS.'),
  ...TLS_OPTIONS,
  statementTimeout: Duration.default(60_000)
    .meta(RARE)
    .describe('The server itself ends what takes longer; at the timeout of the run it is told to.'),
} as const;

/** The options of {@link SQL_TARGET_OPTIONS}, checked. */
export type SqlTargetOptions = z.infer<z.ZodObject<typeof SQL_TARGET_OPTIONS>>;

/** Host and port of the server; undefined for a file of this machine. */
export function sqlAddress({
  database,
  address,
}: Pick<SqlTargetOptions, 'database' | 'address'>): HostPort | undefined {
  return database === 'sqlite' ? undefined : parseAddress(address, PORTS[database]);
}

/** What is wrong with where the database is; undefined: nothing. */
export function sqlPlaceProblem(
  options: Pick<SqlTargetOptions, 'database' | 'address' | 'file'>,
): { readonly option: 'file' | 'address'; readonly message: string } | undefined {
  if (options.database === 'sqlite') {
    return options.file === undefined ? { option: 'file', message: 'write the file of the database' } : undefined;
  }
  return sqlAddress(options) === undefined ? { option: 'address', message: 'write host or host:port' } : undefined;
}
