import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { appendFile, mkdtemp, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { Collection } from '#core/plugin/collector.ts';
import { openContext } from '#work/context/open-context.ts';
import suricata from './index.ts';

const DATA = join(import.meta.dirname, '../../../../../shared/data/fixtures/suricata');
const SKIP = { skip: existsSync(DATA) ? false : 'no ../shared/data' };
/** When the recorded statistics of `v2/status.json` were written. */
const AT = Date.parse('2023-04-07T00:21:07.805+08:00');

/** A record as Suricata writes it, on one line. */
const recorded = (...path: string[]): string =>
  `${JSON.stringify(JSON.parse(readFileSync(join(DATA, ...path), 'utf8')))}\n`;

type Sensor = { readonly file: string; readonly collect: (at?: number) => Promise<Collection> };

async function sensor(t: TestContext, { content = '', alertEvents = 50 } = {}): Promise<Sensor> {
  const folder = await mkdtemp(join(tmpdir(), 'nocmate-eve-'));
  const file = join(folder, 'eve.json');
  await writeFile(file, content);
  const open = openContext({ resolve: async () => '' }, true);
  const instance = suricata.start(suricata.config.parse({ file, alertEvents }), open.context);
  t.after(async () => {
    await instance.close?.();
    open.close();
    await rm(folder, { recursive: true });
  });
  return {
    file,
    collect: (at = AT) => instance.collect({ signal: AbortSignal.timeout(10_000), scheduledAt: at }),
  };
}

const valueOf = ({ values }: Collection, metric: string, labels: Record<string, string> = {}): number | undefined =>
  values.find(
    (one) => one.metric === metric && Object.entries(labels).every(([name, text]) => one.labels?.[name] === text),
  )?.value;

test('recorded alerts are events, and counted without addresses', SKIP, async (t) => {
  const { file, collect } = await sensor(t, { content: recorded('v2', 'alert.json') });
  const first = await collect();
  assert.deepEqual(first.events, [], 'what was there before is of the past');
  await appendFile(file, recorded('v2', 'alert.json') + recorded('v2', 'drop.json') + recorded('v2', 'http.json'));
  const second = await collect();
  const [event, ...others] = second.events ?? [];
  assert.equal(others.length, 0);
  assert.equal(event?.kind, 'ids.alert');
  assert.equal(event?.message, 'Corrupted HTTP body: 10.0.0.5 → 179.60.192.3.');
  assert.deepEqual([event?.labels['src_port'], event?.labels['flow_id']], ['18715', '1696236471136137']);
  assert.equal(event?.t, Date.parse('2021-05-30T20:07:13.208+02:00'));
  assert.equal(valueOf(second, 'suricata_alerts_total', { signature_id: '6', severity: '3' }), 1);
  assert.equal(valueOf(second, 'suricata_drops_total', { reason: 'stream error' }), 1);
  const names = new Set(second.values.flatMap(({ labels = {} }) => Object.keys(labels)));
  assert.ok(
    [...names].every((name) => !/ip|port/.test(name)),
    [...names].join(),
  );
  assert.deepEqual((await collect()).events, [], 'an alert is one event');
});

test('recorded statistics are series until they are old; total counters, not increases', SKIP, async (t) => {
  const { collect } = await sensor(t, { content: recorded('v2', 'status.json') });
  const collection = await collect();
  assert.equal(valueOf(collection, 'suricata_capture_kernel_packets_total'), 522);
  assert.equal(valueOf(collection, 'suricata_flow_memuse_bytes'), 9_965_056);
  assert.equal(collection.startedAt, AT - 160_000);
  assert.equal(valueOf(await collect(AT + 100_000), 'suricata_uptime_seconds'), undefined);
  const older = await sensor(t, { content: recorded('test1.json') });
  const at = Date.parse('2019-08-08T16:26:33+02:00');
  assert.equal(valueOf(await older.collect(at), 'suricata_capture_kernel_packets_total'), 135);
  const threads = await sensor(t, { content: recorded('test2.json') });
  assert.equal(valueOf(await threads.collect(Date.parse('2021-06-08T06:34:49Z')), 'suricata_rules_loaded'), undefined);
});

const alert = (id: number, severity: number): string =>
  `${JSON.stringify({ timestamp: '2026-11-20T10:00:00.000000+0100', event_type: 'alert', src_ip: `192.0.2.${id % 256}`, alert: { signature_id: id, signature: `s${id}`, severity, action: 'allowed' } })}\n`;

test('each record is read once, over rotation, a cut and lines that are cut anywhere', async (t) => {
  const { file, collect } = await sensor(t);
  await collect();
  const ids = async (): Promise<unknown[]> =>
    ((await collect()).events ?? []).map(({ labels }) => labels['signature_id']);
  const line = alert(1, 2);
  await appendFile(file, line.slice(0, 30));
  assert.deepEqual(await ids(), []);
  await appendFile(file, line.slice(30) + alert(2, 2));
  assert.deepEqual(await ids(), ['1', '2']);
  await appendFile(file, alert(3, 2));
  await rename(file, `${file}.1`);
  await writeFile(file, alert(4, 2));
  assert.deepEqual(await ids(), ['3', '4']);
  await truncate(file);
  assert.deepEqual(await ids(), []);
  await appendFile(file, alert(5, 2));
  assert.deepEqual(await ids(), ['5']);
  await rm(file);
  assert.deepEqual(await ids(), [], 'it is written anew a little later');
  await writeFile(file, alert(6, 2));
  assert.deepEqual(await ids(), ['6']);
});

test('of a flood the gravest are events, and all are counted', async (t) => {
  const { file, collect } = await sensor(t, { alertEvents: 3 });
  await collect();
  await appendFile(file, Array.from({ length: 3_000 }, (_, i) => alert(i, i === 2_999 ? 1 : 3)).join(''));
  const collection = await collect();
  assert.deepEqual(
    collection.events?.map(({ severity }) => severity),
    ['major', 'info', 'info'],
  );
  assert.equal(valueOf(collection, 'suricata_alerts_without_event_total'), 2_997);
  const counted = collection.values.filter(({ metric }) => metric === 'suricata_alerts_total');
  assert.equal(
    counted.reduce((sum, { value }) => sum + value, 0),
    3_000,
  );
  assert.equal(counted.length, 1_002);
});

test('a file that is not there is a typed error', async (t) => {
  const { file, collect } = await sensor(t);
  await rm(file);
  await assert.rejects(collect(), { kind: 'unreachable', message: /cannot be read: ENOENT/ });
});
