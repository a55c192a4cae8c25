import {
  FunctionListRequest,
  QueryCheckRequest,
  TextQueryRequest,
  VariableQueryRequest,
} from '#core/api/text-query.ts';
import { AppError } from '#core/errors.ts';
import { encodeFrame } from '#core/frame.ts';
import { defineRoute, type Route, RouteResponse } from '#core/route.ts';
import type { TextQueries } from '#query/text/index.ts';

/** Queries as text: ranges as frames, checks, functions, values of variables. */
export function textRoutes(texts: TextQueries): Route[] {
  return [
    defineRoute({
      ...{ method: 'POST', path: '/api/query/text', permission: 'read', body: TextQueryRequest },
      handler: async ({ body, signal }) => {
        if (!(body.to >= body.from)) throw new AppError('bad_request', 'the range ends before it begins');
        const { header, columns } = await texts.range(body, signal);
        return new RouteResponse(encodeFrame(header, columns), {
          headers: { 'content-type': 'application/octet-stream', 'cache-control': 'no-store' },
        });
      },
    }),
    defineRoute({
      ...{ method: 'POST', path: '/api/query/check', permission: 'read', body: QueryCheckRequest },
      handler: ({ body, signal }) => texts.check(body, signal),
    }),
    defineRoute({
      ...{ method: 'POST', path: '/api/query/values', permission: 'read', body: VariableQueryRequest },
      handler: ({ body, signal }) => texts.values(body, signal),
    }),
    defineRoute({
      ...{ method: 'GET', path: '/api/query/functions', permission: 'read', query: FunctionListRequest },
      handler: ({ query }) => texts.functions(query.language),
    }),
    defineRoute({
      ...{ method: 'GET', path: '/api/query/tables', permission: 'read' },
      handler: () => texts.tables(),
    }),
  ];
}
