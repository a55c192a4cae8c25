/** Every error that leaves a part: code → HTTP status and whether the same request may succeed later. */
const TABLE = {
  bad_request: { status: 400, retryable: false },
  bad_query: { status: 400, retryable: false },
  unauthenticated: { status: 401, retryable: false },
  forbidden: { status: 403, retryable: false },
  not_found: { status: 404, retryable: false },
  method_not_allowed: { status: 405, retryable: false },
  conflict: { status: 409, retryable: false },
  too_large: { status: 413, retryable: false },
  unsupported_media: { status: 415, retryable: false },
  limit_memory: { status: 422, retryable: false },
  limit_rows: { status: 422, retryable: false },
  limit_series: { status: 422, retryable: false },
  too_many_requests: { status: 429, retryable: true },
  cancelled: { status: 499, retryable: true },
  internal: { status: 500, retryable: false },
  unavailable: { status: 503, retryable: true },
  limit_time: { status: 504, retryable: true },
  disk_full: { status: 507, retryable: true },
} as const satisfies Record<string, { status: number; retryable: boolean }>;

export type ErrorCode = keyof typeof TABLE;

/** The one error type that crosses parts. The message says what was tried, with what, and what to do next. */
export class AppError extends Error {
  readonly code: ErrorCode;
  /** Extra facts for the caller, safe to show: position, limit, field. */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, message: string, options: { cause?: unknown; details?: Record<string, unknown> } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.details = options.details ?? {};
  }

  /** HTTP status of the code. */
  get status(): number {
    return TABLE[this.code].status;
  }

  get retryable(): boolean {
    return TABLE[this.code].retryable;
  }
}

/** The message of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
