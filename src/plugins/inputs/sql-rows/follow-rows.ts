import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '#core/errors.ts';
import type { Pull } from '#core/plugin/input.ts';
import type { SqlRows } from '#core/sql/sql-rows.ts';
import { checkReads, openDatabase, plainSockets } from '#io/sql/index.ts';
import type { RowsQuery } from './config.ts';
import { logsOfRows, type TakenRow } from './log-of-row.ts';

const CHUNK_BYTES = 2 ** 19;

/** Where rows go, and how secrets are resolved. */
export type RowsTools = { readonly pull: Pull; readonly secret: (reference: string) => Promise<string> };

/** Asks for new rows of each query until the inputs close. */
export async function followAll(queries: readonly RowsQuery[], tools: RowsTools): Promise<void> {
  const reads = queries.map(({ name }) => ({ name, source: `sql-rows:${name}`, isDone: false, records: 0, lastAt: 0 }));
  tools.pull.show(() => reads);
  await Promise.all(
    queries.map((query, i) => {
      const read = reads[i];
      return followRows(query, tools, (rows) => {
        if (read === undefined || rows === 0) return;
        read.records += rows;
        read.lastAt = Date.now();
      });
    }),
  );
}

/** What hinders it is reported, and tried again at the next interval. */
async function followRows(query: RowsQuery, tools: RowsTools, count: (rows: number) => void): Promise<void> {
  const { pull } = tools;
  const { name, interval } = query;
  while (!pull.signal.aborted) {
    let hasMore = false;
    try {
      const { rows, isCut } = await nextRows(query, tools);
      await pull.untilOpen();
      if (pull.signal.aborted) return;
      takeRows(query, rows, pull);
      hasMore = isCut && rows.length > 0;
      count(rows.length);
      pull.report(name, undefined);
    } catch (error) {
      if (!pull.signal.aborted) pull.report(name, messageOf(error));
    }
    if (!hasMore) await sleep(interval, undefined, { signal: pull.signal }).catch(() => undefined);
  }
}

type Next = { readonly rows: readonly TakenRow[]; readonly isCut: boolean };

/** Rows behind the last one that was seen. Throws when they do not go on from it. */
async function nextRows(query: RowsQuery, tools: RowsTools): Promise<Next> {
  const cursor = String(tools.pull.positions.get(query.name)?.['cursor'] ?? query.startAt);
  const answer = await ask(query, cursor, tools);
  const rows = logsOfRows(query, answer);
  const stays = rows.length > 0 && rows.at(-1)?.cursor === cursor;
  if (stays) {
    const order = `ORDER BY ${query.cursorColumn}`;
    throw new Error(
      `the last row has ${query.cursorColumn} ${cursor} again: ask for those behind the last placeholder, ${order}`,
    );
  }
  return { rows, isCut: answer.isCut };
}

async function ask(query: RowsQuery, cursor: string, { pull, secret }: RowsTools): Promise<SqlRows> {
  const signal = AbortSignal.any([pull.signal, AbortSignal.timeout(query.timeout)]);
  checkReads(query.query);
  const connection = await openDatabase(query, { sockets: plainSockets, secret, signal });
  try {
    const parameters = [...query.parameters, cursor];
    return await connection.query(query.query, { signal, parameters, maxRows: query.maxRows, isForeign: true });
  } finally {
    connection.close();
  }
}

/** In chunks, each with the place behind it. */
function takeRows(query: RowsQuery, rows: readonly TakenRow[], pull: Pull): void {
  for (let from = 0; from < rows.length; ) {
    let to = from;
    let bytes = 0;
    while (to < rows.length && (bytes < CHUNK_BYTES || to === from)) bytes += rows[to++]?.log.body.length ?? 0;
    const chunk = rows.slice(from, to);
    pull.take((writer, move) => {
      for (const { log } of chunk) writer.log(log);
      move(query.name, { cursor: chunk.at(-1)?.cursor ?? '' });
    });
    from = to;
  }
}
