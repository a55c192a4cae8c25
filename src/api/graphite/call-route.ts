import assert from 'node:assert/strict';
import { buffer } from 'node:stream/consumers';
import { type Route, RouteResponse } from '#core/route.ts';

/** Calls the route of a path with form fields, as a test client would; returns status, headers and text (bytes as Latin-1). */
export async function callRoute(
  routes: readonly Route[],
  request: { readonly path: string; readonly fields: URLSearchParams; readonly method?: 'GET' | 'POST' },
): Promise<{ status: number; text: string; headers: RouteResponse['headers'] }> {
  const { route, params } = findRoute(routes, request.path, request.method ?? 'GET');
  const sent = Object.fromEntries(
    [...new Set(request.fields.keys())].map((name) => [name, request.fields.getAll(name)]),
  );
  const answer = await route.handler({
    params,
    query: sent,
    body: sent,
    caller: undefined,
    signal: new AbortController().signal,
    remoteAddress: '127.0.0.1',
    headers: {},
  });
  assert.ok(answer instanceof RouteResponse);
  const { body, status, headers } = answer;
  if (typeof body === 'string') return { status, text: body, headers };
  const bytes = body instanceof Uint8Array ? Buffer.from(body) : await buffer(body);
  return { status, text: bytes.toString('latin1'), headers };
}

function findRoute(
  routes: readonly Route[],
  path: string,
  method: string,
): { route: Route; params: Readonly<Record<string, string>> } {
  for (const route of routes.filter((each) => each.method === method)) {
    const pattern = new RegExp(`^${route.path.replace(/:(\w+)/g, '(?<$1>[^/]+)')}$`);
    const found = pattern.exec(path);
    if (found !== null) return { route, params: { ...found.groups } };
  }
  throw new assert.AssertionError({ message: `no route for ${method} ${path}` });
}
