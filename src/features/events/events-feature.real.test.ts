import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pino } from 'pino';
import type { EventRow } from '#core/api/events.ts';
import { type Event, SEVERITIES, type Severity } from '#core/model/event.ts';
import type { Caller } from '#core/route.ts';
import { systemClock } from '#io/clock.ts';
import { TelemetryConfig } from '#storage/clickhouse/config.ts';
import { createTelemetry, type Telemetry } from '#storage/clickhouse/index.ts';
import { createEventsFeature, type EventsFeature } from './index.ts';

const HOUR = 3_600_000;
const now = Date.UTC(2026, 10, 24, 12);
const ann: Caller = { kind: 'token', id: '1', name: 'deployer', scope: 'ingest' };
const appended: Event[] = [];
let dataDir: string;
let telemetry: Telemetry;
let feature: EventsFeature;

before(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'nocmate-events-'));
  const logger = pino({ level: 'silent' });
  telemetry = createTelemetry({ dataDir, config: TelemetryConfig.parse({}), clock: systemClock, logger });
  await telemetry.start();
  feature = createEventsFeature({
    store: telemetry.store,
    events: { append: (event) => void appended.push(event) },
    clock: { ...systemClock, now: () => now },
  });
  await insert(now - 25 * HOUR, 'deploy', 'info', 'old', 'web-1');
  await insert(now - 2 * HOUR, 'deploy', 'info', "it's <b>new</b>", 'web-1');
  await insert(now - HOUR, 'collector.state', 'critical', 'down', 'web-2');
  await insert(now, 'collectors', 'ok', 'now', 'web-2');
});
after(async () => {
  await telemetry.stop();
  await rm(dataDir, { recursive: true, force: true });
});

async function insert(t: number, kind: string, severity: Severity, message: string, host: string): Promise<void> {
  await telemetry.store.command(
    `INSERT INTO nocmate.events (ts, kind, severity, message, labels)
     SELECT fromUnixTimestamp64Milli({t:Int64}), {kind:String}, {severity:UInt8}, {message:String}, map('host', {host:String})`,
    { params: { t, kind, severity: SEVERITIES.indexOf(severity), message, host } },
  );
}

/** Calls the route of a method as the API does: schemas first. */
async function call<Answer>(method: 'GET' | 'POST', sent: { query?: unknown; body?: unknown }): Promise<Answer> {
  const route = feature.routes.find((one) => one.method === method);
  assert.ok(route !== undefined);
  return (await route.handler({
    params: {},
    query: route.query?.parse(sent.query ?? {}),
    body: route.body?.parse(sent.body),
    caller: ann,
    signal: new AbortController().signal,
    remoteAddress: '192.0.2.1',
    headers: {},
  })) as Answer;
}

async function messages(query: Record<string, string>): Promise<string[]> {
  return (await call<EventRow[]>('GET', { query })).map(({ message }) => message);
}

test('events come newest first, by default those of the last 24 hours', async () => {
  const rows = await call<EventRow[]>('GET', {});
  assert.deepEqual(
    rows.map(({ message }) => message),
    ['now', 'down', "it's <b>new</b>"],
  );
  assert.deepEqual(rows[1], {
    t: now - HOUR,
    kind: 'collector.state',
    severity: 'critical',
    message: 'down',
    labels: { host: 'web-2' },
  } satisfies EventRow);
});

test('events are narrowed by time, kind, kind prefix, host and number', async () => {
  const cases: [query: Record<string, string>, expected: string[]][] = [
    [{ from: String(now - 26 * HOUR), kind: 'deploy' }, ["it's <b>new</b>", 'old']],
    [{ to: String(now - HOUR), from: String(now - HOUR) }, ['down']],
    [{ to: String(now - 24 * HOUR) }, ['old']],
    [{ kind: 'collector.' }, ['down']],
    [{ kind: 'collector' }, []],
    [{ host: 'web-2', limit: '1' }, ['now']],
    [{ host: "web-2' OR 1=1 --" }, []],
    [{ kind: "x' OR '1'='1" }, []],
  ];
  for (const [query, expected] of cases) assert.deepEqual(await messages(query), expected, JSON.stringify(query));
  await assert.rejects(messages({ from: String(now + 1) }), { code: 'bad_request' });
  await assert.rejects(messages({ limit: '1001' }), /1000/);
  await assert.rejects(messages({ order: 'kind' }), /order/);
});

test('a sent event is stored under the name of its sender', async () => {
  appended.length = 0;
  const body = { kind: 'deploy', message: ' v1.2 is out ', labels: { service: 'shop', user: 'forged' } };
  const expected = {
    t: now,
    kind: 'deploy',
    severity: 'info',
    message: 'v1.2 is out',
    labels: { service: 'shop', user: 'deployer' },
  };
  assert.deepEqual(await call('POST', { body }), expected);
  assert.deepEqual(appended, [expected]);
});

test('events that cannot be are refused', async () => {
  appended.length = 0;
  const good = { kind: 'deploy', message: 'x' };
  const bad: [body: object, reason: RegExp][] = [
    [{ ...good, t: now + 11 * 60_000 }, /ahead/],
    [{ ...good, t: 0 }, /400 days/],
    [{ ...good, kind: 'user.login' }, /written by the product only/],
    [{ ...good, kind: 'token' }, /written by the product only/],
    [{ ...good, kind: 'Not dotted' }, /kind/],
    [{ ...good, message: ' ' }, /message/],
    [{ ...good, severity: 'loud' }, /severity/],
    [{ ...good, labels: { host: 'a\nb' } }, /control characters/],
    [{ ...good, labels: { '1': 'a' } }, /labels/],
    [{ ...good, labels: Object.fromEntries(Array.from({ length: 65 }, (_, i) => [`l${i}`, 'x'])) }, /64 labels/],
    [{ ...good, surprise: 1 }, /surprise/],
  ];
  for (const [body, reason] of bad) await assert.rejects(call('POST', { body }), reason, JSON.stringify(body));
  assert.deepEqual(appended, []);
});

test('looking needs the scope read, sending the scope ingest', () => {
  const permissions = feature.routes.map(({ method, permission }) => [method, permission]);
  assert.deepEqual(permissions, [
    ['GET', 'read'],
    ['POST', 'ingest'],
  ]);
});
