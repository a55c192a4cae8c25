export type NumberArray =
  | Float64Array
  | Float32Array
  | Uint32Array
  | Int32Array
  | Uint16Array
  | Int16Array
  | Uint8Array
  | Int8Array
  | BigUint64Array
  | BigInt64Array;

/**
 * A column of a Native block: typed arrays for numbers, arrays for strings. NULL is NaN. `numbers` is an Array column:
 * row i holds `values` from `ends[i - 1]` (0 for the first) to `ends[i]`. Maps have no prototype.
 */
export type NativeColumn =
  | {
      readonly kind: 'number';
      readonly name: string;
      readonly values: Exclude<NumberArray, BigUint64Array | BigInt64Array>;
    }
  | { readonly kind: 'bigint'; readonly name: string; readonly values: BigUint64Array | BigInt64Array }
  | { readonly kind: 'numbers'; readonly name: string; readonly ends: Uint32Array; readonly values: NumberArray }
  | { readonly kind: 'string'; readonly name: string; readonly values: readonly string[] }
  | { readonly kind: 'strings'; readonly name: string; readonly values: readonly (readonly string[])[] }
  | { readonly kind: 'map'; readonly name: string; readonly values: readonly Readonly<Record<string, string>>[] };

export type NativeBlock = { readonly rows: number; readonly columns: readonly NativeColumn[] };

export type QueryOptions = {
  /** `{name:Type}` parameters of the text. */
  readonly params?: Readonly<Record<string, unknown>>;
  /** Engine settings of this query: `max_execution_time`, `max_memory_usage`, `max_result_rows`, … */
  readonly settings?: Readonly<Record<string, string | number>>;
  /** Abort = the query is killed in the engine. */
  readonly signal?: AbortSignal;
};

/** Paths of spool files, and the tokens by which each of them is known afterwards. */
export type SpooledFiles = { readonly files: readonly string[]; readonly tokens: readonly string[] };

/**
 * The telemetry engine, embedded or a server, behind one driver. Faults are AppErrors: `limit_memory`, `limit_time`,
 * `limit_rows`, `bad_query` (message of the engine), `unavailable` (no connection, starting), `disk_full`.
 */
export type TelemetryStore = {
  /** Rows as objects (JSONEachRow; 64-bit integers as strings). For small answers. */
  readonly rows: <Row>(sql: string, options?: QueryOptions) => Promise<Row[]>;
  /** Columns (Native format), for samples: number columns are typed arrays. DateTime64(3) comes as BigInt64Array. */
  readonly columns: (sql: string, options?: QueryOptions) => Promise<NativeBlock[]>;
  /** The answer's bytes in the format the text names, streamed. */
  readonly stream: (sql: string, format: string, options?: QueryOptions) => Promise<AsyncIterable<Uint8Array>>;
  /** DDL and other statements without an answer. */
  readonly command: (sql: string, options?: QueryOptions) => Promise<void>;
  /**
   * Inserts one spool file (Native) into `nocmate.<table>` with its deduplication token: the same token twice changes
   * nothing. Resolves when the engine has the rows durably.
   */
  readonly insertFile: (table: string, file: string, token: string) => Promise<void>;
  /** The same for several files of one folder, with one insert and one token. */
  readonly insertFiles: (table: string, files: SpooledFiles, token: string) => Promise<void>;
  /** Resolves when the engine answers, within the timeout. */
  readonly ping: (timeoutMs: number) => Promise<boolean>;
};
