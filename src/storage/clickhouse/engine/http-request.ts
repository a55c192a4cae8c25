import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { CODES, EngineError } from './engine-error.ts';
import { ENGINE_USER } from './messages.ts';

/** What the URL and the headers of a request say. */
export type EngineRequest = {
  readonly query: string;
  readonly queryId: string;
  readonly database: string;
  readonly format: string;
  readonly compress: boolean;
  readonly parameters: ReadonlyMap<string, string>;
  readonly settings: ReadonlyMap<string, string>;
};

/** Parameters of the HTTP interface itself, which are no settings of the engine. */
const INTERFACE = new Set([
  'query',
  'query_id',
  'database',
  'default_format',
  'enable_http_compression',
  'http_zlib_compression_level',
  'wait_end_of_query',
  'buffer_size',
  'send_progress_in_http_headers',
  'http_headers_progress_interval_ms',
  'add_http_cors_header',
  'client_protocol_version',
  'cancel_http_readonly_queries_on_client_close',
  'user',
  'password',
  'quota_key',
  'compress',
  'decompress',
]);

/** Reads the URL of a request. Throws EngineError for what the child does not offer. */
export function readRequest(request: IncomingMessage): EngineRequest {
  const { searchParams } = new URL(request.url ?? '/', 'http://engine');
  const parameters = new Map<string, string>();
  const settings = new Map<string, string>();
  for (const [name, value] of searchParams) {
    if (name.startsWith('param_')) parameters.set(name.slice('param_'.length), value);
    else if (name === 'session_id' || name === 'role') throw unknown(name);
    else if (!INTERFACE.has(name)) settings.set(settingName(name), value);
  }
  const header = (name: string): string | undefined => request.headers[name]?.toString();
  return {
    query: searchParams.get('query') ?? '',
    queryId: searchParams.get('query_id') ?? crypto.randomUUID(),
    database: searchParams.get('database') ?? header('x-clickhouse-database') ?? 'default',
    format: searchParams.get('default_format') ?? header('x-clickhouse-format') ?? 'TabSeparated',
    compress: searchParams.get('enable_http_compression') === '1' && /\bgzip\b/.test(header('accept-encoding') ?? ''),
    parameters,
    settings,
  };
}

function settingName(name: string): string {
  if (/^[a-z][a-z0-9_]*$/.test(name)) return name;
  throw unknown(name);
}

function unknown(name: string): EngineError {
  return new EngineError(CODES.unknownSetting, `Unknown setting '${name}'. (UNKNOWN_SETTING)`);
}

/** True when the request carries the user name and password of the child. */
export function isAuthenticated(request: IncomingMessage, password: string): boolean {
  const { user, key } = credentials(request);
  return user === ENGINE_USER && timingSafeEqual(digest(key), digest(password));
}

function credentials(request: IncomingMessage): { user: string; key: string } {
  const user = request.headers['x-clickhouse-user'];
  if (user !== undefined) return { user: String(user), key: String(request.headers['x-clickhouse-key'] ?? '') };
  const [, encoded = ''] = /^Basic (.+)$/i.exec(request.headers.authorization ?? '') ?? [];
  const text = Buffer.from(encoded, 'base64').toString();
  const cut = text.indexOf(':');
  return cut === -1 ? { user: '', key: '' } : { user: text.slice(0, cut), key: text.slice(cut + 1) };
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
