import { z } from 'zod';
import { defineRoute, type Route, RouteResponse } from '#core/route.ts';
import type { SqlAnswer, SqlRunner } from '#query/sql/index.ts';
import { toCsv } from './csv.ts';

const SqlQuery = z.object({ format: z.enum(['json', 'csv']).default('json') });

/**
 * `POST /api/sql?format=json|csv`: one read-only SELECT as the body. JSON: `{meta: [{name, type}], data: [{column: value}],
 * rows, truncated, statistics: {elapsedMs}}`; integers of 64 bits and more are strings, NaN is null. CSV: header and rows.
 */
export function sqlRoutes(runner: SqlRunner): Route[] {
  return [
    defineRoute({
      method: 'POST',
      path: '/api/sql',
      permission: 'read',
      query: SqlQuery,
      body: z.string(),
      bodyKind: 'text',
      bodyLimitBytes: 256 * 1024,
      handler: async ({ query, body, signal }) => {
        const answer = await runner.run(body, signal);
        if (query.format === 'json') return toJson(answer);
        return new RouteResponse(toCsv(answer), {
          headers: {
            'content-type': 'text/csv; charset=utf-8; header=present',
            'content-disposition': 'attachment; filename="query.csv"',
            'x-truncated': String(answer.truncated),
          },
        });
      },
    }),
  ];
}

function toJson({ columns, rows, truncated, ms }: SqlAnswer): object {
  const data = rows.map((row) => Object.fromEntries(columns.map(({ name }, i) => [name, row[i]])));
  return { meta: columns, data, rows: rows.length, truncated, statistics: { elapsedMs: ms } };
}
