import { AppError } from '#core/errors.ts';
import { RouteResponse } from '#core/route.ts';

const HEADERS = {
  'content-type': 'application/json',
  'cache-control': 'no-store',
  'x-elastic-product': 'Elasticsearch',
};

/** A refusal in the words of Elasticsearch's clients. */
export class ElasticFault extends Error {
  readonly type: string;
  readonly status: number;

  constructor(type: string, reason: string, status = 400) {
    super(reason);
    this.type = type;
    this.status = status;
  }
}

/** An answer as Elasticsearch gives it. */
export function elasticAnswer(body: object, status = 200): RouteResponse {
  return new RouteResponse(JSON.stringify(body), { status, headers: HEADERS });
}

/** The body of a fault; anything but a refusal passes on. */
export function faultBody(error: unknown): { readonly error: object; readonly status: number } {
  const fault = toFault(error);
  const cause = { type: fault.type, reason: fault.message };
  return { error: { root_cause: [cause], ...cause }, status: fault.status };
}

function toFault(error: unknown): ElasticFault {
  if (error instanceof ElasticFault) return error;
  if (!(error instanceof AppError)) throw error;
  const { code, message, status } = error;
  if (code === 'bad_query' || code === 'bad_request') return new ElasticFault('parsing_exception', message);
  if (code === 'limit_rows') return new ElasticFault('too_many_buckets_exception', message, 400);
  if (code === 'limit_memory') return new ElasticFault('circuit_breaking_exception', message, 429);
  if (code === 'limit_time') return new ElasticFault('timeout_exception', message, 503);
  return new ElasticFault('status_exception', message, status);
}

/** Runs a handler; faults are answered in Elasticsearch's shape. */
export async function withElasticFaults(work: () => Promise<RouteResponse>): Promise<RouteResponse> {
  try {
    return await work();
  } catch (error) {
    const body = faultBody(error);
    return elasticAnswer(body, body.status);
  }
}
