import type { z } from 'zod';
import {
  LogContextRequest,
  type LogExplainAnswer,
  LogExportRequest,
  LogFieldsRequest,
  LogHistogramRequest,
  LogSearchRequest,
  LogStatsRequest,
  LogValuesRequest,
} from '#core/api/logs.ts';
import { encodeFrame } from '#core/frame.ts';
import { defineRoute, type Route, RouteResponse } from '#core/route.ts';
import type { LogSearch, QueryResult } from '#query/logs/index.ts';
import { textAnswerOfLogs } from '#query/text/index.ts';
import { exportFile } from './export-file.ts';

/** The product's own API over logs: pages of rows, counts, fields, values, context, files and pipes. */
export function logRoutes(logs: LogSearch): Route[] {
  return [
    ask('search', LogSearchRequest, logs.search),
    ask('histogram', LogHistogramRequest, logs.histogram),
    ask('fields', LogFieldsRequest, logs.fields),
    ask('values', LogValuesRequest, logs.values),
    ask('context', LogContextRequest, logs.context),
    ask('stats', LogStatsRequest, async (request, signal) => frameOf(await logs.run(request, signal))),
    ask('explain', LogStatsRequest, async (request, signal): Promise<LogExplainAnswer> => {
      const { sql, stats, ...result } = await logs.run(request, signal);
      return { sql, stats, rows: result.kind === 'table' ? result.rows.length : result.points * result.series.length };
    }),
    ask('export', LogExportRequest, (request, signal) => exportFile(logs, request, signal)),
  ];
}

function ask<Request>(
  name: string,
  body: z.ZodType<Request>,
  answer: (request: Request, signal: AbortSignal) => Promise<unknown>,
): Route {
  return defineRoute({
    method: 'POST',
    path: `/api/logs/${name}`,
    permission: 'read',
    body,
    handler: ({ body: request, signal }) => answer(request, signal),
  });
}

function frameOf(result: QueryResult): RouteResponse {
  const { header, columns } = textAnswerOfLogs(result);
  return new RouteResponse(encodeFrame(header, columns), {
    headers: { 'content-type': 'application/octet-stream', 'cache-control': 'no-store' },
  });
}
