import { AppError } from '#core/errors.ts';
import type { EndpointReply, EndpointRequest, InputEndpoint, InputPlugin, WriteAnswer } from '#core/plugin/input.ts';
import { defineRoute, type Route, type RouteRequest, RouteResponse } from '#core/route.ts';
import type { Ingest } from '#pipeline/index.ts';
import { BodyBudget } from './body-budget.ts';
import { MAX_UNPACKED_BYTES, unpackBody } from './content-encoding.ts';

const NOTHING: WriteAnswer = { accepted: 0, rejectedTotal: 0, rejected: [] };
const RETRY_AFTER_SECONDS = '2';

type Intake = { readonly ingest: Pick<Ingest, 'writeBody'>; readonly budget: BodyBudget };

/** The routes of all endpoints of all inputs. Throws for an endpoint that would take data without a login. */
export function endpointRoutes(
  inputs: ReadonlyMap<string, InputPlugin>,
  ingest: Pick<Ingest, 'writeBody'>,
): readonly Route[] {
  const intake = { ingest, budget: new BodyBudget() };
  return [...inputs].flatMap(([input, { endpoints = [] }]) =>
    endpoints.map((endpoint) => endpointRoute(input, endpoint, intake)),
  );
}

function endpointRoute(input: string, endpoint: InputEndpoint, intake: Intake): Route {
  const { method, path, isPublic = false, read } = endpoint;
  if (isPublic && read !== undefined)
    throw new Error(`${input}: ${method} ${path} reads bodies and must not be public`);
  return defineRoute<unknown, unknown>({
    method,
    path,
    permission: isPublic ? 'public' : 'ingest',
    bodyKind: 'bytes',
    bodyLimitBytes: MAX_UNPACKED_BYTES,
    handler: async (request) => {
      const asked = endpointRequest(request);
      try {
        return responseOf(endpoint.reply(await take(input, endpoint, intake, request), asked));
      } catch (error) {
        if (!(error instanceof AppError) || endpoint.fail === undefined) throw error;
        const retry = error.retryable ? { 'retry-after': RETRY_AFTER_SECONDS } : {};
        return responseOf(endpoint.fail(error, asked), retry);
      }
    },
  });
}

async function take(
  input: string,
  endpoint: InputEndpoint,
  { ingest, budget }: Intake,
  request: RouteRequest,
): Promise<WriteAnswer> {
  if (endpoint.read === undefined) return NOTHING;
  const { format, options } = endpoint.read(endpointRequest(request));
  const packed = request.body as Uint8Array;
  return budget.hold(packed.length, async () => {
    const bytes = await unpackBody(packed, request.headers['content-encoding']);
    const body = { input, source: request.remoteAddress, format, options, bytes };
    return budget.hold(bytes === packed ? 0 : bytes.length, () => ingest.writeBody(body));
  });
}

function endpointRequest({ params, query, headers }: RouteRequest): EndpointRequest {
  const fields = Object.entries(query as Readonly<Record<string, string | string[]>>);
  return {
    params,
    query: Object.fromEntries(
      fields.map(([name, value]) => [name, typeof value === 'string' ? value : (value[0] ?? '')]),
    ),
    headers,
  };
}

function responseOf({ status, headers, body }: EndpointReply, more: Record<string, string> = {}): RouteResponse {
  return new RouteResponse(body ?? '', { status, headers: { ...more, ...headers } });
}
