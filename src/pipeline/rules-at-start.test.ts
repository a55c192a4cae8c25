import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { pino } from 'pino';
import { LogRules } from '#core/api/log-rules.ts';
import { systemClock } from '#io/clock.ts';
import { createIngest, IngestConfig } from './index.ts';
import { NO_RULES } from './protocol.ts';
import { eventually } from './testing/ingest-harness.ts';
import { RecordingStore } from './testing/recording-store.ts';

type Told = { readonly kind: string; readonly rules: unknown; readonly logRules: unknown };

const CHANNEL = 'rules-at-start';
/** A thread that tells what it was started with and what it is sent, and listens when it is told to. */
const WORKER = new URL(
  `data:text/javascript,${encodeURIComponent(`
  import { parentPort, workerData } from 'node:worker_threads';
  const channel = new BroadcastChannel('${CHANNEL}');
  channel.onmessage = () => parentPort.postMessage({ kind: 'ready', listeners: [] });
  parentPort.on('message', (message) => {
    channel.postMessage(message);
    if (message.kind !== 'stop') return;
    parentPort.postMessage({ kind: 'stopped' });
    channel.close();
    parentPort.close();
  });
  channel.postMessage({ kind: 'started', rules: workerData.rules, logRules: workerData.logRules });
`)}`,
);

test('rules that change while the thread starts reach it when it listens', { timeout: 20_000 }, async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'nocmate-rules-'));
  const channel = new BroadcastChannel(CHANNEL);
  const ingest = createIngest({
    spoolDir: join(folder, 'spool'),
    config: IngestConfig.parse({}),
    inputs: new Map(),
    inputSettings: {},
    store: new RecordingStore(),
    clock: systemClock,
    logger: pino({ level: 'silent' }),
    workerFile: WORKER,
  });
  t.after(async () => {
    await ingest.stop();
    channel.close();
    await rm(folder, { recursive: true });
  });
  const told: Told[] = [];
  channel.onmessage = ({ data }) => void told.push(data as Told);
  const of = async (kind: string): Promise<Told> => {
    await eventually(() => told.some((message) => message.kind === kind));
    return told.find((message) => message.kind === kind) ?? assert.fail(kind);
  };
  const started = ingest.start();
  assert.deepEqual((await of('started')).logRules, { rules: [], patterns: {} });
  const drops = [{ selector: 'noise', note: '', isEnabled: true }];
  const logRules = LogRules.parse({ rules: [{ name: 'r', steps: [{ type: 'drop' }] }] });
  await ingest.setRules({ ...NO_RULES, drops });
  await ingest.setLogRules(logRules);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel of threads, not a window
  channel.postMessage('listen');
  await started;
  assert.deepEqual((await of('rules')).rules, { ...NO_RULES, drops });
  assert.deepEqual((await of('log-rules')).rules, logRules);
});
