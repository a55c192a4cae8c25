import type { EndpointReply, EndpointRequest, InputEndpoint, RejectedRecord, WriteAnswer } from '#core/plugin/input.ts';

/** The format by which the ingest thread knows line protocol. */
export const FORMAT = 'influx';

/** What clients read to learn whom they speak to; the version is that of the API they may use. */
const SERVER = { 'x-influxdb-version': '1.8.10', 'x-influxdb-build': 'nocmate' };
const JSON_TYPE = { 'content-type': 'application/json' };
/** So many refused lines stand in an answer. */
const MAX_NAMED = 10;

/** InfluxDB's error codes by HTTP status (v2 API). */
const V2_CODES: Readonly<Record<number, string>> = {
  400: 'invalid',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not found',
  413: 'request too large',
  429: 'too many requests',
  503: 'unavailable',
  507: 'unavailable',
};

/**
 * The paths on which InfluxDB 1 and 2 take points, and those that their clients ask before; `/api/ingest/influx` answers
 * as the API does, with every refused line.
 */
export const influxEndpoints: readonly InputEndpoint[] = [
  {
    method: 'POST',
    path: '/write',
    read: ({ query }) => ({ format: FORMAT, options: optionsOf(query) }),
    reply: (answer) => replyTo(answer, (error) => ({ error })),
    fail: ({ status, message }) => json(status, { error: message }),
  },
  {
    method: 'POST',
    path: '/api/v2/write',
    read: ({ query }) => ({ format: FORMAT, options: optionsOf(query) }),
    reply: (answer) => replyTo(answer, (message, line) => ({ code: 'invalid', message, line })),
    fail: ({ status, message }) => json(status, { code: V2_CODES[status] ?? 'internal error', message }),
  },
  {
    method: 'POST',
    path: '/api/ingest/influx',
    read: ({ query }) => ({ format: FORMAT, options: optionsOf(query) }),
    reply: (answer) => json(200, answer),
  },
  { method: 'GET', path: '/ping', isPublic: true, reply: () => ({ status: 204, headers: SERVER }) },
  {
    method: 'GET',
    path: '/health',
    isPublic: true,
    reply: () => json(200, { name: 'nocmate', status: 'pass', message: 'ready for writes', version: '1.8.10' }),
  },
  { method: 'GET', path: '/query', isPublic: true, reply: (_, request) => queryReply(request) },
  { method: 'POST', path: '/query', isPublic: true, reply: (_, request) => queryReply(request) },
];

function optionsOf(query: EndpointRequest['query']): Record<string, string> {
  const { precision, naming } = query;
  return { ...(precision === undefined ? {} : { precision }), ...(naming === undefined ? {} : { naming }) };
}

/**
 * Clients create their database before they write; there is one store here, so that is always done. It is asked for in
 * the body as well, which is not read.
 */
function queryReply({ query: { q } }: EndpointRequest): EndpointReply {
  if (q === undefined || /^\s*create\s+database\b/i.test(q)) return json(200, { results: [{ statement_id: 0 }] });
  if (/^\s*show\s+databases\b/i.test(q)) {
    const series = [{ name: 'databases', columns: ['name'], values: [['nocmate']] }];
    return json(200, { results: [{ statement_id: 0, series }] });
  }
  return json(400, { error: 'InfluxQL is not answered: ask in PromQL, Graphite or SQL' });
}

/**
 * Points outside the accepted times do not fail a write, as InfluxDB's retention does not: a client would send the same
 * again and again. A header names them. All other refusals do, with their lines.
 */
function replyTo(answer: WriteAnswer, body: (message: string, line: number) => unknown): EndpointReply {
  const { rejectedTotal, rejected } = answer;
  if (rejectedTotal === 0) return { status: 204, headers: SERVER };
  const faults = rejected.filter(({ reason }) => reason !== 'future' && reason !== 'too_old');
  if (faults.length === 0) {
    return { status: 204, headers: { ...SERVER, 'x-nocmate-dropped': `${rejectedTotal}; ${named(rejected)}` } };
  }
  return json(400, body(`partial write: ${named(faults)} dropped=${rejectedTotal}`, faults[0]?.line ?? 0));
}

function named(rejected: readonly RejectedRecord[]): string {
  const lines = rejected.slice(0, MAX_NAMED).map(({ line, reason, detail }) => {
    return `line ${line}: ${reason}${detail === undefined ? '' : ` (${detail})`}`;
  });
  return rejected.length > MAX_NAMED ? `${lines.join('; ')}; and more` : lines.join('; ');
}

function json(status: number, value: unknown): EndpointReply {
  return { status, headers: { ...JSON_TYPE, ...SERVER }, body: JSON.stringify(value) };
}
