import type { ErrorCode } from '#core/errors.ts';

/** A request that failed: `code` is the server's (or `unavailable` when no answer came), the message a sentence. */
export class ApiError extends Error {
  readonly code: ErrorCode;
  readonly status: number;
  /** The answer as sent, for "show raw error". */
  readonly raw: string;

  constructor(code: ErrorCode, message: string, options: { status: number; raw?: string; cause?: unknown }) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'ApiError';
    this.code = code;
    this.status = options.status;
    this.raw = options.raw ?? '';
  }
}

export type ApiRequest = {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'PATCH';
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly signal?: AbortSignal;
};

export type ApiClient = {
  /** The JSON answer. Throws an {@link ApiError}; a 401 also calls `onUnauthenticated`. */
  readonly json: <Answer>(path: string, request?: ApiRequest) => Promise<Answer>;
  /** The answer's bytes, for frames. */
  readonly bytes: (path: string, request?: ApiRequest) => Promise<ArrayBuffer>;
};

export type ApiClientOptions = {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** Called when the session is missing or over. */
  readonly onUnauthenticated: () => void;
};

/** The one way to the server's HTTP API. */
export function createApiClient(options: ApiClientOptions): ApiClient {
  const send = async (path: string, request: ApiRequest = {}): Promise<Response> => {
    const response = await fetchOrExplain(options.fetch, path, request);
    if (response.ok) return response;
    if (response.status === 401) options.onUnauthenticated();
    throw await errorOf(response);
  };
  return {
    json: async <Answer>(path: string, request?: ApiRequest) => {
      const text = await (await send(path, request)).text();
      return (text === '' ? undefined : JSON.parse(text)) as Answer;
    },
    bytes: async (path, request) => (await send(path, request)).arrayBuffer(),
  };
}

async function fetchOrExplain(fetch: ApiClientOptions['fetch'], path: string, request: ApiRequest): Promise<Response> {
  const { method = 'GET', body, signal } = request;
  try {
    return await fetch(path + searchOf(request.query), {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      ...(signal === undefined ? {} : { signal }),
    });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new ApiError('unavailable', 'The server did not answer. It may be restarting, or the network is down.', {
      status: 0,
      cause,
    });
  }
}

function searchOf(query: ApiRequest['query']): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query ?? {})) if (value !== undefined) search.set(key, String(value));
  return search.size === 0 ? '' : `?${search}`;
}

async function errorOf(response: Response): Promise<ApiError> {
  const raw = await response.text().catch(() => '');
  const { code, message } = describe(raw);
  return new ApiError(code ?? codeOfStatus(response.status), message ?? `The server answered ${response.status}.`, {
    status: response.status,
    raw,
  });
}

/** Error bodies are `{"error":{"code","message"}}`; whatever else a proxy may send is kept as raw text. */
function describe(raw: string): { code?: ErrorCode; message?: string } {
  try {
    const { error } = JSON.parse(raw) as { error?: { code?: ErrorCode; message?: string } };
    return error ?? {};
  } catch {
    return {};
  }
}

function codeOfStatus(status: number): ErrorCode {
  if (status === 401) return 'unauthenticated';
  if (status === 403) return 'forbidden';
  if (status === 404) return 'not_found';
  if (status === 409) return 'conflict';
  if (status === 429) return 'too_many_requests';
  if (status < 500) return 'bad_request';
  return status === 503 || status === 502 || status === 504 ? 'unavailable' : 'internal';
}
