import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { parseMetricQuery } from '#core/metric-query/parse.ts';
import { systemClock } from '#io/clock.ts';
import { createMetrics, type Metrics } from '#query/metrics/index.ts';
import { TelemetryConfig } from '#storage/clickhouse/config.ts';
import { createTelemetry } from '#storage/clickhouse/index.ts';
import type { TelemetryStore } from '#storage/clickhouse/telemetry-store.ts';
import { report, timed } from './query-timing.ts';

const CHUNK = 100_000;

/** Discovery over `series` series, half with labels and half Graphite paths, through the part that the API calls. */
export async function benchDiscovery(series: number, rounds: number): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'nocmate-discovery-'));
  const logger = pino({ level: 'warn' });
  const telemetry = createTelemetry({ dataDir, config: TelemetryConfig.parse({}), clock: systemClock, logger });
  try {
    await telemetry.start();
    for (let first = 0; first < series / 2; first += CHUNK) await fill(telemetry.store, first);
    const metrics = createMetrics({ store: telemetry.store, clock: systemClock });
    const first = (): Promise<unknown> =>
      createMetrics({ store: telemetry.store, clock: systemClock }).listMetrics({ limit: 500 });
    for (const [name, ask] of [...questions(metrics), ['list of metrics, nothing kept', first] as const]) {
      metrics.noticeNewSeries();
      const times = await timed(rounds, async () => {
        metrics.noticeNewSeries();
        await ask();
      });
      report(`discovery, ${series} series: ${name}`, times);
    }
  } finally {
    await telemetry.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

function questions({ catalogue, listMetrics }: Metrics): [string, () => Promise<unknown>][] {
  const select = (text: string, limit = 5000): [string, () => Promise<unknown>] => {
    const { matchers } = parseMetricQuery(text);
    return [text, async () => (await catalogue.selectSome(matchers, { limit })).series.length];
  };
  const none = { limit: 1000 };
  return [
    select('metric_7{host="web-17"}'),
    select('{host="web-17"}'),
    select('{host=~"web-1[0-9]", device="sd3"}'),
    select('metric_7'),
    select('metric_7{host=~"web-.*7", env!="prod"}'),
    select('servers.web-17.*.*.*'),
    select('servers.*.cpu.x1.m1'),
    select('servers.web-1*.cpu.*.m1'),
    select('*.*.cpu.x1.*'),
    ['label names', () => catalogue.labelNames([], none)],
    ['values of host', () => catalogue.labelValues('host', [], none)],
    ['values of host, prefix', () => catalogue.labelValues('host', [], { ...none, prefix: 'web-4' })],
    [
      'values of device of a metric',
      () => catalogue.labelValues('device', parseMetricQuery('metric_7').matchers, none),
    ],
    ['children of servers', () => catalogue.findPaths('servers.*', none)],
    ['find servers.*.cpu', () => catalogue.findPaths('servers.*.cpu', none)],
    ['list of metrics', () => listMetrics({ limit: 500 })],
  ];
}

/** `CHUNK` label series of 100 metrics x hosts x 10 devices, and as many paths of five nodes. */
async function fill(store: TelemetryStore, first: number): Promise<void> {
  await store.command(
    `INSERT INTO nocmate.series SELECT xxHash32(m), cityHash64(m, h, d), m, labels,
      arrayMap((k, x) -> concat(k, '=', x), mapKeys(labels), mapValues(labels)), '', 1, '', now(), now()
     FROM (SELECT number + ${first} AS n, concat('metric_', toString(n % 100)) AS m,
       concat('web-', toString(intDiv(n, 1000))) AS h, concat('sd', toString(intDiv(n, 100) % 10)) AS d,
       map('__name__', m, 'host', h, 'device', d, 'env', ['prod', 'stage', 'dev'][1 + intDiv(n, 1000) % 3],
         'dc', concat('dc', toString(intDiv(n, 1000) % 4)), 'role', concat('r', toString(intDiv(n, 1000) % 7))) AS labels
       FROM numbers(${CHUNK}))`,
  );
  await store.command(
    `INSERT INTO nocmate.series SELECT xxHash32(nodes[-1]), cityHash64(p), nodes[-1], map(),
      arrayMap((x, i) -> concat('g', toString(i), '=', x), nodes, arrayEnumerate(nodes)), p, 1, '', now(), now()
     FROM (SELECT number + ${first} AS n, concat('servers.web-', toString(intDiv(n, 1000)), '.',
       ['cpu', 'disk', 'net', 'mem'][1 + n % 4], '.x', toString(intDiv(n, 4) % 25), '.m', toString(intDiv(n, 100) % 10)) AS p,
       splitByChar('.', p) AS nodes FROM numbers(${CHUNK}))`,
  );
}
