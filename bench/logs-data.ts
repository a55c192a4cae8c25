import { LOG_SEVERITIES, type LogFields, type LogRecord } from '#core/model/log-record.ts';

/** A generated line: as a shipper would send it, and the record that parsing makes of it. */
export type BenchLine = { readonly raw: string; readonly record: LogRecord };

/** How many lines stand for a second, and so the time a data set spans: 10 M lines are 14 hours. */
const LINES_PER_SECOND = 200;
/** Of the unique ids: the n-th line's, as it stands in the line. */
export const uniqueId = (line: number): string =>
  mix(line, 7).toString(16).padStart(8, '0') + mix(line, 11).toString(16).padStart(8, '0');
/** The last time of the data is this far before a full hour of 2026, so that all is within one or two days (ms). */
export const timeOf = (start: number, line: number): number => start + (line * 1000) / LINES_PER_SECOND;

const PATHS = [
  '/',
  '/index.html',
  '/login',
  '/cart',
  '/checkout',
  '/api/v1/items',
  '/api/v1/users',
  '/static/app.js',
  '/static/app.css',
  '/search',
];
const METHODS = ['GET', 'GET', 'GET', 'GET', 'GET', 'GET', 'POST', 'POST', 'PUT', 'DELETE'];
const STATUSES = [200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 204, 301, 302, 304, 404, 404, 403, 500];
const AGENTS = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605.1.15',
  'Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0',
  'curl/8.5.0',
  'Prometheus/2.53.0',
];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const EVENTS = [
  'order placed',
  'payment authorised',
  'cache miss',
  'stock reserved',
  'mail queued',
  'session renewed',
  'connection refused by upstream',
  'retry scheduled',
];
const LEVELS = ['info', 'info', 'info', 'info', 'info', 'debug', 'debug', 'warn', 'warn', 'error'] as const;

/** A hash of the line's number (`salt` makes it another one), 32 bits. */
function mix(line: number, salt: number): number {
  let h = Math.imul(line ^ Math.imul(salt, 0x9e3779b1), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  h ^= h >>> 16;
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  return (h ^ (h >>> 12)) >>> 0;
}

const pick = <T>(from: readonly T[], line: number, salt: number): T => from[mix(line, salt) % from.length] as T;
/** 0 to `count` - 1, small ones far more often: as visitors, users and durations are. */
const skewed = (count: number, line: number, salt: number): number =>
  Math.floor(count * (mix(line, salt) / 2 ** 32) ** 3);
const two = (n: number): string => String(n).padStart(2, '0');

/** Line `line` of the data: four of ten are web access, three syslog, three of applications. Always the same. */
export function benchLine(start: number, line: number): BenchLine {
  const kind = mix(line, 1) % 10;
  return kind < 4 ? access(start, line) : kind < 7 ? syslog(start, line) : application(start, line);
}

function record(line: number, start: number, rest: Partial<LogRecord> & { readonly body: string }): LogRecord {
  return {
    t: timeOf(start, line),
    severity: LOG_SEVERITIES.info,
    host: `web-${1 + (mix(line, 2) % 20)}`,
    service: '',
    source: 'file',
    attributes: [],
    resource: [],
    traceId: '',
    spanId: '',
    ...rest,
  };
}

function access(start: number, line: number): BenchLine {
  const visitor = skewed(20_000, line, 3);
  const client = `10.${mix(visitor, 4) % 32}.${mix(visitor, 5) % 256}.${1 + (visitor % 250)}`;
  const [method, path, status] = [pick(METHODS, line, 6), pick(PATHS, line, 8), pick(STATUSES, line, 9)];
  const isMade = path.startsWith('/api');
  const target = isMade ? `${path}/${skewed(100_000, line, 10)}` : path;
  // What is not made for the request has one size.
  const bytes = 200 + (isMade ? mix(line, 12) % 50_000 : (path.length * 977) % 40_000);
  const agent = pick(AGENTS, visitor, 13);
  const at = new Date(timeOf(start, line));
  const time = `${two(at.getUTCDate())}/${MONTHS[at.getUTCMonth()]}/${at.getUTCFullYear()}:${at.toISOString().slice(11, 19)} +0000`;
  const raw = `${client} - - [${time}] "${method} ${target} HTTP/1.1" ${status} ${bytes} "-" "${agent}"`;
  const severity = status >= 500 ? LOG_SEVERITIES.error : status >= 400 ? LOG_SEVERITIES.warn : LOG_SEVERITIES.info;
  const attributes: LogFields = [
    ...['client.address', client, 'http.request.method', method, 'url.path', target],
    ...[
      'http.response.status_code',
      String(status),
      'http.response.body.size',
      String(bytes),
      'user_agent.original',
      agent,
    ],
  ];
  return { raw, record: record(line, start, { service: 'nginx', severity, body: raw, attributes }) };
}

function syslog(start: number, line: number): BenchLine {
  const at = new Date(timeOf(start, line));
  const host = `web-${1 + (mix(line, 2) % 20)}`;
  const pid = String(500 + (mix(line, 14) % 30_000));
  const user = `user${mix(line, 15) % 200}`;
  const texts = [
    `Accepted publickey for ${user} from 10.0.${mix(line, 16) % 64}.${mix(line, 17) % 250} port ${30_000 + (mix(line, 18) % 30_000)} ssh2`,
    `Failed password for invalid user ${user} from 203.0.113.${mix(line, 16) % 250} port ${30_000 + (mix(line, 18) % 30_000)} ssh2`,
    `(${user}) CMD (/usr/local/bin/collect --quiet)`,
    `Started Session ${mix(line, 19) % 100_000} of User ${user}.`,
  ];
  const which = mix(line, 20) % texts.length;
  const app = ['sshd', 'sshd', 'CRON', 'systemd'][which] as string;
  const body = texts[which] as string;
  const priority = which === 1 ? 36 : 38;
  const raw = `<${priority}>${MONTHS[at.getUTCMonth()]} ${String(at.getUTCDate()).padStart(2)} ${at.toISOString().slice(11, 19)} ${host} ${app}[${pid}]: ${body}`;
  const severity = which === 1 ? LOG_SEVERITIES.warn : LOG_SEVERITIES.info;
  const attributes: LogFields = ['process.pid', pid, 'syslog.facility', 'auth'];
  return { raw, record: record(line, start, { host, service: app, source: 'syslog', severity, body, attributes }) };
}

function application(start: number, line: number): BenchLine {
  const level = pick(LEVELS, line, 21);
  const id = uniqueId(line);
  const event = pick(EVENTS, line, 22);
  const service = pick(['shop', 'billing', 'stock', 'mailer'], line, 23);
  const duration = String(1 + skewed(5_000, line, 24));
  const user = String(skewed(50_000, line, 25));
  const raw = `time=${new Date(timeOf(start, line)).toISOString()} level=${level} service=${service} msg="${event}" request_id=${id} user_id=${user} duration_ms=${duration}`;
  const attributes: LogFields = ['request_id', id, 'user_id', user, 'duration_ms', duration];
  return { raw, record: record(line, start, { service, severity: LOG_SEVERITIES[level], body: raw, attributes }) };
}
