import { z } from 'zod';
import { LINES_FORMAT, parseAddress, RARE, SecretReference, TLS_OPTIONS } from '#core/plugin/target-options.ts';
import { Duration } from '#core/units/duration-option.ts';

const PORTS = { postgresql: 5_432, mysql: 3_306 } as const;
const NAME = /^[a-z][a-z0-9_]{0,99}$/;

const columns = (what: string) => z.array(z.string().trim().min(1).max(200)).max(50).default([]).describe(what);
/** Kept as text in forms, so that what they send is what they showed. */
const Parameter = z.union([z.string(), z.number(), z.boolean()]);

/** Options of a target: a query, where it is asked, and what becomes of its columns. */
export const SqlConfig = z
  .strictObject({
    name: z
      .string()
      .regex(NAME, 'write lower-case letters, digits and underscores, like shop_orders')
      .describe('Name of the query: its series begin with it, like shop_orders_waiting for the column waiting.'),
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
      .describe(
        'One statement that reads: SELECT, WITH, SHOW. Each row of its answer becomes one series per value column.',
      ),
    parameters: z
      .array(Parameter)
      .max(50)
      .default([])
      .describe('Values of its placeholders, in order: $1 and on in PostgreSQL, ? in MySQL and SQLite.'),
    valueColumns: columns('Columns whose values are gauges.'),
    counterColumns: columns('Columns whose values only grow.'),
    labelColumns: columns('Columns that tell rows apart; they are labels.'),
    timeColumn: z
      .string()
      .trim()
      .min(1)
      .optional()
      .describe('Column with a time (UTC without a zone), whose age is a value.'),
    freshFor: Duration.optional().describe('The newest time may be so old; a query that finds nothing is not fresh.'),
    maxRows: z
      .int()
      .min(1)
      .max(5_000)
      .default(1_000)
      .describe('Most rows; when there are more, these are kept and the run tells of it.'),
    tls: z.boolean().default(false).describe('Speak TLS.'),
    ...TLS_OPTIONS,
    statementTimeout: Duration.default(60_000)
      .meta(RARE)
      .describe('The server itself ends what takes longer; at the timeout of the run it is told to.'),
  })
  .superRefine((config, context) => {
    const refuse = (path: keyof typeof config, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message });
    if (config.database === 'sqlite') {
      if (config.file === undefined) refuse('file', 'write the file of the database');
    } else if (parseAddress(config.address, PORTS[config.database]) === undefined) {
      refuse('address', 'write host or host:port');
    }
    if (config.freshFor !== undefined && config.timeColumn === undefined)
      refuse('timeColumn', 'freshFor is of this column');
    const used = [...config.valueColumns, ...config.counterColumns, ...config.labelColumns];
    const twice = used.find((column, i) => used.indexOf(column) !== i);
    if (twice !== undefined)
      refuse('labelColumns', `the column ${twice} stands twice: it is a value, a counter or a label`);
  });
export type SqlConfig = z.infer<typeof SqlConfig>;

/** Host and port of the server; undefined for a file of this machine. */
export function addressOf({
  database,
  address,
}: SqlConfig): { readonly host: string; readonly port: number } | undefined {
  return database === 'sqlite' ? undefined : parseAddress(address, PORTS[database]);
}
