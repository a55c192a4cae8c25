import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { pino } from 'pino';
import type { InputAccount } from '#core/api/status.ts';
import { systemClock } from '#io/clock.ts';
import { createIngest, type Ingest, IngestConfig, type IngestOptions } from '#pipeline/index.ts';
import { loadSeriesHash } from '#pipeline/thread/series-hash.ts';
import { accountOf } from './accounts-check.ts';
import { RecordingStore } from './recording-store.ts';

/** The inputs that are started; tests name them by the end of their ids. */
const INPUTS = readdirSync(new URL('../../plugins/inputs/', import.meta.url)).filter((id) =>
  id.startsWith('graphite-'),
);

/** The id of an input by its last word: `plaintext`. */
export function inputId(word: string): string {
  return INPUTS.find((id) => id.endsWith(`-${word}`)) ?? assert.fail(`no input ends with ${word}`);
}

export const PLAINTEXT = inputId('plaintext');
const FREE = '127.0.0.1:0';

export type Harness = {
  readonly ingest: Ingest;
  readonly store: RecordingStore;
  readonly spoolDir: string;
  readonly account: (input?: string) => InputAccount;
};

type HarnessOptions = {
  readonly config?: Record<string, unknown>;
  readonly spoolDir?: string;
  readonly store?: RecordingStore;
  readonly options?: Partial<IngestOptions>;
  /** Runs once the intake has stopped. */
  readonly after?: () => Promise<void>;
};

/** A running intake on free ports over a recording store; stopped after the test. */
export async function startIngest(test: TestContext, overrides: HarnessOptions = {}): Promise<Harness> {
  const store = overrides.store ?? new RecordingStore();
  const folder = await mkdtemp(join(tmpdir(), 'nocmate-ingest-'));
  const spoolDir = overrides.spoolDir ?? join(folder, 'spool');
  const ingest = createIngest({
    spoolDir,
    config: IngestConfig.parse({ flushInterval: '20ms', minFreeSpace: '0', ...overrides.config }),
    inputs: new Map(INPUTS.map((id) => [id, undefined])),
    inputSettings: Object.fromEntries(INPUTS.map((id) => [id, { listen: FREE }])),
    store,
    clock: systemClock,
    logger: pino({ level: 'silent' }),
    onStorageFault: (message) => assert.fail(message),
    ...overrides.options,
  });
  test.after(async () => {
    await ingest.stop();
    await overrides.after?.();
    await rm(folder, { recursive: true, force: true });
  });
  await ingest.start();
  return { ingest, store, spoolDir, account: (input = PLAINTEXT) => accountOf(ingest.accounts(), input) };
}

/** The port of a listener: `graphite-plaintext/tcp`. */
export function portOf(ingest: Ingest, listener: string): number {
  const address = ingest.listeners().find((one) => one.name === listener)?.address ?? '';
  return Number(address.slice(address.lastIndexOf(':') + 1));
}

/** A connection to the plaintext listener. */
export async function plaintextSocket(test: TestContext, ingest: Ingest): Promise<Socket> {
  const socket = connect(portOf(ingest, `${PLAINTEXT}/tcp`), '127.0.0.1');
  test.after(() => socket.destroy());
  const connected = Promise.withResolvers<void>();
  socket.once('connect', () => connected.resolve());
  socket.on('error', (error) => connected.reject(error));
  await connected.promise;
  return socket;
}

/** Resolves when the condition holds, looked at every few ms; the test's own time limit ends a vain wait. */
export async function eventually(condition: () => boolean): Promise<void> {
  while (!condition()) await systemClock.sleep(5);
}

/** The id of a series by its canonical key. */
export async function seriesId(key: string): Promise<bigint> {
  const words = new Uint32Array(2);
  (await loadSeriesHash()).id(Buffer.from(key), words, 0);
  return new BigUint64Array(words.buffer)[0] ?? 0n;
}
