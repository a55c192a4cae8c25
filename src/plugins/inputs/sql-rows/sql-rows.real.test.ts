import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type TestContext, test } from 'node:test';
import type { RawLog } from '#core/model/log-record.ts';
import type { Pull, SourcePosition } from '#core/plugin/input.ts';
import { RecordingWriter } from '#core/plugin/recording-writer.ts';
import { noPsql, psql, startPostgres } from '#test/peers/postgres.ts';
import { RowsQuery, SqlRowsConfig } from './config.ts';
import { followAll } from './follow-rows.ts';

/** Follows queries as the ingest thread would; what is taken, and the places behind it. */
class Reading {
  readonly positions: Map<string, SourcePosition>;
  readonly logs: RawLog[] = [];
  problem: string | undefined;
  readonly #end = new AbortController();
  readonly #ran: Promise<void>;
  #wake: () => void = () => undefined;

  constructor(queries: readonly RowsQuery[], positions = new Map<string, SourcePosition>()) {
    this.positions = positions;
    this.#ran = followAll(queries, { pull: this.#pull(), secret: async () => 'right horse' });
  }

  async until(isSo: () => boolean): Promise<void> {
    while (!isSo()) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  async stop(): Promise<void> {
    this.#end.abort();
    await this.#ran;
  }

  get bodies(): string[] {
    return this.logs.map(({ body }) => String(body));
  }

  #pull(): Pull {
    return {
      positions: this.positions,
      signal: this.#end.signal,
      untilOpen: () => Promise.resolve(),
      take: (write) => {
        const writer = new RecordingWriter(0);
        write(writer, (name, position) => this.positions.set(name, position ?? {}));
        this.logs.push(...writer.records.logs);
      },
      report: (_, problem) => {
        this.problem = problem;
        this.#wake();
      },
      show: () => undefined,
    };
  }
}

const AUDIT = 'CREATE TABLE audit (id bigint, at timestamp, level varchar(9), action varchar(40))';
const query = (options: Record<string, unknown>): RowsQuery =>
  RowsQuery.parse({
    ...{ name: 'audit', cursorColumn: 'id', timeColumn: 'at', messageColumn: 'action', severityColumn: 'level' },
    ...{ interval: '1s', maxRows: 2, ...options },
  });

async function follow(t: TestContext, rows: RowsQuery, run: (sql: string) => Promise<void>): Promise<void> {
  await run(AUDIT);
  const values = [1, 2, 3, 4, 5].map((id) => `(${id}, '2026-01-02 10:00:0${id}', 'error', 'it''s ${id}')`);
  await run(`INSERT INTO audit VALUES ${values.join(', ')}`);
  const first = new Reading([rows]);
  await first.until(() => first.logs.length === 5);
  await first.stop();
  assert.deepEqual(first.bodies, ["it's 1", "it's 2", "it's 3", "it's 4", "it's 5"]);
  const { t: at, severity, service, source, attributes } = first.logs[2] ?? {};
  assert.deepEqual([at, severity, service, source], [Date.UTC(2026, 0, 2, 10, 0, 3), 17, 'audit', 'sql-rows:audit']);
  assert.deepEqual(attributes, ['id', '3']);
  assert.deepEqual(first.positions.get('audit'), { cursor: '5' });
  await run("INSERT INTO audit VALUES (6, NULL, NULL, 'late')");
  const second = new Reading([rows], first.positions);
  t.after(() => second.stop());
  await second.until(() => second.logs.length > 0);
  assert.deepEqual(second.bodies, ['late'], 'it goes on behind the last');
  await run("INSERT INTO audit VALUES (7, NULL, NULL, 'later')");
  await second.until(() => second.logs.length > 1);
  assert.deepEqual(second.bodies, ['late', 'later']);
}

test('new rows of PostgreSQL are lines, each once', { skip: noPsql }, async (t) => {
  const peer = await startPostgres();
  t.after(() => peer.remove());
  const login = { database: 'postgresql', address: peer.address, username: 'postgres', password: 'env:P' };
  const text = 'SELECT * FROM audit WHERE id > $1::bigint ORDER BY id';
  await follow(t, query({ ...login, query: text }), async (sql) => void (await psql(peer, sql)));
});

async function shop(t: TestContext) {
  const folder = await mkdtemp(join(tmpdir(), 'nocmate-sqlite-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'shop.db');
  const database = new DatabaseSync(file);
  t.after(() => database.close());
  return { database, file };
}

test('new rows of SQLite are lines, each once', async (t) => {
  const { database, file } = await shop(t);
  const text = 'SELECT * FROM audit WHERE id > CAST(? AS INTEGER) ORDER BY id';
  await follow(t, query({ database: 'sqlite', file, query: text }), async (sql) => database.exec(sql));
});

for (const [what, text, problem] of [
  ['rows that do not go on', 'SELECT 0 AS id, ? AS action, NULL AS at, NULL AS level', /id 0 again/],
  ['a column that is not there', 'SELECT ? AS action', /no column id; it has action/],
  ['a row without a place', 'SELECT NULL AS id, ? AS action, NULL AS at, NULL AS level', /row 1, column id: NULL/],
  ['a statement that writes', 'DELETE FROM audit WHERE id > ?', /begins with .* DELETE/],
] as const) {
  test(`${what} is reported, and nothing is taken`, async (t) => {
    const { database, file } = await shop(t);
    database.exec(AUDIT);
    const reading = new Reading([query({ database: 'sqlite', file, query: text })]);
    t.after(() => reading.stop());
    await reading.until(() => reading.problem !== undefined);
    assert.match(reading.problem ?? '', problem);
    assert.equal(reading.logs.length, 0);
  });
}

test('without a column for it, a line is made of all columns', async (t) => {
  const { file } = await shop(t);
  const options = { name: 'all', database: 'sqlite', file, cursorColumn: 'id', interval: '1s' };
  const reading = new Reading([
    RowsQuery.parse({ ...options, query: "SELECT 3 AS id, 'x' AS a, NULL AS b WHERE ? = '0'" }),
  ]);
  t.after(() => reading.stop());
  await reading.until(() => reading.logs.length > 0);
  assert.deepEqual(reading.bodies, ['id=3 a=x b=NULL']);
  assert.deepEqual(reading.logs[0]?.attributes, ['id', '3', 'a', 'x']);
});

test('two queries of one name are refused', () => {
  const one = { name: 'a', query: 'SELECT 1', cursorColumn: 'id' };
  assert.equal(SqlRowsConfig.safeParse({ queries: [one, { ...one, name: 'b' }] }).success, true);
  assert.match(String(SqlRowsConfig.safeParse({ queries: [one, one] }).error), /one name/);
});
