import { execFileSync } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { sql } from 'kysely';
import { pino } from 'pino';
import { systemClock } from '#io/clock.ts';
import { createState, type StateDb } from '#storage/postgres/index.ts';
import { percentiles } from './logs-timing.ts';

/** What is looked for: an id that one line has, two words, and a word of many lines. */
export type Needles = { readonly id: string; readonly terms: readonly string[]; readonly common: string };

const GREP_ROUNDS = 3;
const ROUNDS = 10;
const LINES_PER_INSERT = 5_000;

/** `grep` and `zgrep` over the file, which is in the page cache. */
export function measureGrep(file: string, { id, terms, common }: Needles): void {
  const first = performance.now();
  execFileSync('bash', ['-c', 'gzip -k -1 "$0"', file]);
  const size = (path: string): number => Number(execFileSync('stat', ['-c', '%s', path]).toString());
  const share = (size(`${file}.gz`) / size(file)).toFixed(3);
  console.log(`gzip -1: ${((performance.now() - first) / 1000).toFixed(1)} s, ${share} of raw`);
  const commands: Readonly<Record<string, string>> = {
    'grep needle': `grep -F ${id} "$0"`,
    'zgrep needle': `zgrep -F ${id} "$0.gz"`,
    'grep two terms, last 100': `grep -iF ${terms[0]} "$0" | grep -iF ${terms[1]} | tail -n 100`,
    'grep last 100 of a common term': `tac "$0" | grep -m 100 -iwF ${common}`,
  };
  for (const [name, command] of Object.entries(commands)) {
    const times = Array.from({ length: GREP_ROUNDS }, () => {
      const begin = performance.now();
      execFileSync('bash', ['-c', `${command} > /dev/null`, file], { stdio: 'ignore' });
      return performance.now() - begin;
    });
    console.log(`${name}: ${percentiles(times)}`);
  }
}

type PostgresRun = { readonly lines: number; readonly needles: Needles };

/** PostgreSQL's full text search (configuration `simple`, GIN index there before the rows) over the first lines. */
export async function measurePostgres(folder: string, file: string, { lines, needles }: PostgresRun): Promise<void> {
  const dataDir = join(folder, 'peer');
  await mkdir(dataDir, { recursive: true });
  const state = createState({ dataDir, migrations: {}, clock: systemClock, logger: pino({ level: 'warn' }) });
  await state.start();
  try {
    await prepare(state.db);
    const begin = performance.now();
    const bytes = await load(state.db, file, lines);
    const ms = performance.now() - begin;
    const total = await sql<{ size: string }>`SELECT pg_total_relation_size('bench_logs') AS size`.execute(state.db);
    const share = (Number(total.rows[0]?.size) / bytes).toFixed(2);
    console.log(
      `PostgreSQL ${state.version()}: ${lines} lines, ${Math.round(lines / ms)} k lines/s, ${share} of raw on disk`,
    );
    // Its own upkeep first: without statistics it reads the table from its end for a word that hardly any line has.
    await sql`VACUUM ANALYZE bench_logs`.execute(state.db);
    await search(state.db, needles);
  } finally {
    await state.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function prepare(db: StateDb): Promise<void> {
  await sql`CREATE TABLE bench_logs (seq bigserial PRIMARY KEY, body text NOT NULL)`.execute(db);
  await sql`CREATE INDEX bench_logs_words ON bench_logs USING gin (to_tsvector('simple', body))`.execute(db);
}

/** Returns the bytes of the lines. */
async function load(db: StateDb, file: string, lines: number): Promise<number> {
  let [bytes, count] = [0, 0];
  let many: string[] = [];
  const flush = async (): Promise<void> => {
    await sql`INSERT INTO bench_logs (body) SELECT unnest(${many}::text[])`.execute(db);
    many = [];
  };
  for await (const line of createInterface({ input: createReadStream(file) })) {
    if (count === lines) break;
    count += 1;
    bytes += line.length + 1;
    many.push(line);
    if (many.length === LINES_PER_INSERT) await flush();
  }
  if (many.length > 0) await flush();
  return bytes;
}

async function search(db: StateDb, { id, terms, common }: Needles): Promise<void> {
  const queries: Readonly<Record<string, string>> = {
    needle: id,
    'two terms': terms.join(' & '),
    'common term': common,
  };
  for (const [name, words] of Object.entries(queries)) {
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const begin = performance.now();
      await sql`SELECT seq, body FROM bench_logs WHERE to_tsvector('simple', body) @@ to_tsquery('simple', ${words})
        ORDER BY seq DESC LIMIT 100`.execute(db);
      times.push(performance.now() - begin);
    }
    console.log(`PostgreSQL: ${name}: ${percentiles(times)}`);
  }
}
