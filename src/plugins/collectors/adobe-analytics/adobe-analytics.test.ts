import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { Collection } from '#core/plugin/collector.ts';
import { openContext } from '#work/context/open-context.ts';
import { AdobeConfig, tokenUrl } from './config.ts';
import adobe from './index.ts';
import { parseReport } from './parse.ts';
import { dayOf, idOfDay } from './report-request.ts';

const DATA = join(import.meta.dirname, '../../../../../shared/data/fixtures/adobe-analytics');
const SKIP = { skip: existsSync(DATA) ? false : 'no ../shared/data' };
const SECRET = 'horse';
/** Noon of the newest day in the recorded report. */
const NOON = Date.parse('2025-11-28T12:00:00Z');
const HOUR_MS = 3_600_000;

const recorded = (path: string): string => readFileSync(join(DATA, path), 'utf8');
type Request = { readonly rsid: string; readonly globalFilters: readonly { dateRange?: string }[] };

/** The API with the recorded answers, for whoever has a token that it gave. */
class ReplayedAdobe {
  readonly asked: { readonly path: string; readonly body: Request }[] = [];
  readonly tokens = new Set<string>();
  /** What it answers on a path in place of a recording. */
  readonly answers = new Map<string, readonly [status: number, body: string]>();

  async start(t: TestContext): Promise<string> {
    const server = createServer((request, response) => {
      void this.#reply(request).then(([status, body]) => response.writeHead(status).end(body));
    });
    t.after(() => server.close());
    await once(server.listen(0, '127.0.0.1'), 'listening');
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  async #reply(request: IncomingMessage): Promise<readonly [status: number, body: string]> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    return this.#answer(request.url ?? '', request.headers, Buffer.concat(chunks).toString());
  }

  #answer(url: string, headers: IncomingMessage['headers'], body: string): readonly [status: number, body: string] {
    if (url === '/ims/token/v3') return this.#token(new URLSearchParams(body));
    const isKnown = this.tokens.has(String(headers.authorization).replace('Bearer ', ''));
    if (!isKnown || headers['x-api-key'] !== 'nocmate') return [401, '{"error_code":"401013"}'];
    if (url === '/discovery/me') return [200, recorded('discovery/02-example-curl-request.response.json')];
    this.asked.push({ path: url, body: JSON.parse(body) as Request });
    const own = this.answers.get(url);
    if (own !== undefined) return own;
    if (url === '/api/testco0/reports')
      return [200, recorded('reports-kpi/02-request-the-date-trended-data.response.json')];
    if (url === '/api/testco0/reports/realtime')
      return [200, recorded('reports-real-time/02-real-time-report-api-endpoint.response.json')];
    return [404, '{}'];
  }

  #token(form: URLSearchParams): readonly [status: number, body: string] {
    if (form.get('client_secret') !== SECRET || form.get('grant_type') !== 'client_credentials')
      return [400, '{"error":"invalid_client"}'];
    const answer = JSON.parse(
      recorded('reports-recurring/02-token-retrieval-request-and-response-examples.response.json'),
    ) as { access_token: string };
    answer.access_token = `token-${this.tokens.size}`;
    this.tokens.add(answer.access_token);
    return [200, JSON.stringify(answer)];
  }
}

type Opened = { readonly server: ReplayedAdobe; readonly collect: (at?: number) => Promise<Collection> };

async function open(t: TestContext, secret = SECRET): Promise<Opened> {
  const server = new ReplayedAdobe();
  const context = openContext({ resolve: async () => secret }, true);
  const metrics = ['metrics/visits', 'metrics/orders', 'metrics/revenue'];
  const given = { reportSuite: 'examplersid', clientId: 'nocmate', clientSecret: 'env:S', metrics };
  const instance = adobe.start(adobe.config.parse({ ...given, url: await server.start(t) }), context.context);
  t.after(() => context.close());
  return {
    server,
    collect: (at = NOON) => instance.collect({ signal: AbortSignal.timeout(10_000), scheduledAt: at }),
  };
}

const valueOf = ({ values }: Collection, metric: string, window: string): number | undefined =>
  values.find((one) => one.metric === `web_analytics_${metric}` && one.labels?.['window'] === window)?.value;

test('recorded reports of days and of the last minutes', SKIP, async (t) => {
  const { server, collect } = await open(t);
  const collection = await collect();
  assert.deepEqual(collection.problems, []);
  assert.equal(valueOf(collection, 'visits', 'today'), 1_401_842);
  assert.equal(valueOf(collection, 'orders', 'today'), 73_535);
  assert.equal(valueOf(collection, 'revenue', 'today'), 7_643_632.88);
  assert.equal(valueOf(collection, 'visits', 'yesterday'), 743_753);
  assert.equal(valueOf(collection, 'conversion_ratio', 'today'), 73_535 / 1_401_842);
  assert.equal(valueOf(collection, 'hits', '10m'), 2_034, 'the last of the buckets');
  const [days] = server.asked;
  assert.equal(days?.body.rsid, 'examplersid');
  assert.equal(days?.body.globalFilters[0]?.dateRange, '2025-11-27T00:00:00.000/2025-11-29T00:00:00.000');
});

test('days are read every half an hour, and corrected; in between they stand with their age', SKIP, async (t) => {
  const { server, collect } = await open(t);
  await collect();
  const later = await collect(NOON + 60_000);
  const daysAsked = (): number => server.asked.filter(({ path }) => path.endsWith('/reports')).length;
  assert.equal(daysAsked(), 1);
  assert.equal(valueOf(later, 'visits', 'yesterday'), 743_753);
  assert.equal(later.values.find(({ metric }) => metric.endsWith('_age_seconds'))?.value, 60);
  const report = recorded('reports-kpi/02-request-the-date-trended-data.response.json').replace('743753', '743999');
  server.answers.set('/api/testco0/reports', [200, report]);
  assert.equal(valueOf(await collect(NOON + HOUR_MS / 2), 'visits', 'yesterday'), 743_999);
  server.answers.set('/api/testco0/reports', [429, '{"error_code":"429050"}']);
  const refused = await collect(NOON + HOUR_MS);
  assert.match(refused.problems?.[0]?.message ?? '', /too many requests/);
  assert.equal(valueOf(refused, 'visits', 'yesterday'), 743_999);
  assert.equal(valueOf(await collect(NOON + 3 * HOUR_MS), 'visits', 'yesterday'), undefined, 'old figures end');
});

test('one token serves many runs; one that was ended is renewed; a wrong secret is a typed error', SKIP, async (t) => {
  const { server, collect } = await open(t);
  await collect();
  await collect();
  assert.equal(server.tokens.size, 1);
  server.tokens.clear();
  server.tokens.add('other');
  assert.ok((await collect()).values.length > 0);
  const wrong = await open(t, 'cow');
  await assert.rejects(wrong.collect(), { kind: 'auth' });
});

test('columns that failed are told, and the others kept', () => {
  const errors = [{ columnId: '1', errorCode: 'unauthorized_metric', errorDescription: 'no access' }];
  const text = JSON.stringify({
    columns: { columnIds: ['0', '1'], columnErrors: errors },
    rows: [{ itemId: '1251028', data: [5, 0] }],
  });
  const { buckets, problems } = parseReport(text, ['metrics/visits', 'metrics/orders']);
  assert.deepEqual([...(buckets[0]?.figures ?? [])], [['metrics/visits', 5]]);
  assert.deepEqual(problems, [{ part: 'metrics/orders', message: 'unauthorized_metric no access' }]);
});

test('a second dimension leaves the time first', SKIP, () => {
  const text = recorded('reports-real-time/05-real-time-reports-with-an-additional-dimension.response.json');
  const { buckets } = parseReport(text, ['metrics/occurrences']);
  assert.deepEqual(buckets.map(({ id }) => id).slice(0, 2), ['12404020900', '12404020900']);
});

test('days are those of the report suite, over a change of the clock', () => {
  const at = Date.parse('2026-03-29T22:30:00Z');
  assert.equal(idOfDay(dayOf(at, 'UTC', 0)), '1260229');
  assert.equal(idOfDay(dayOf(at, 'Europe/Berlin', 0)), '1260230');
  assert.equal(idOfDay(dayOf(at, 'Europe/Berlin', 1)), '1260229');
  assert.equal(idOfDay(dayOf(Date.parse('2026-01-01T03:00:00Z'), 'America/New_York', 0)), '1251131');
});

test('tokens come from Adobe, or from where the operator says', () => {
  const given = { reportSuite: 's', clientId: 'c', clientSecret: 'env:S' };
  assert.match(tokenUrl(AdobeConfig.parse(given)), /^https:\/\/ims-na1\.adobelogin\.com\//);
  assert.equal(tokenUrl(AdobeConfig.parse({ ...given, url: 'http://proxy:8080' })), 'http://proxy:8080/ims/token/v3');
});
