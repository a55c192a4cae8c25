import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { systemClock } from '#io/clock.ts';
import { TelemetryConfig } from './config.ts';
import { createTelemetry, type Telemetry } from './index.ts';
import { encodeNative } from './native/encode.ts';
import { FLOAT_BITS } from './schema/sample-value.ts';

/** A sample for a test: series id, time in ms, value. */
export type TestSample = readonly [id: number, t: number, v: number];

/** What outlives its parts: a test, or a file of tests. */
export type TestScope = { readonly after: (stop: () => Promise<void>) => void };

/** Its engine writes until it is stopped, which comes after: the steps at the end of a test run in the order they were given. */
const UNTIL_EMPTY = { recursive: true, force: true, maxRetries: 20, retryDelay: 50 } as const;

/** An empty folder that goes with the test. */
export async function testFolder(test: TestScope): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'nocmate-telemetry-'));
  test.after(() => rm(folder, UNTIL_EMPTY));
  return folder;
}

/** A telemetry engine on a folder, not started; it stops with the test. */
export function testTelemetry(
  test: TestScope,
  dataDir: string,
  options: { url?: string; config?: unknown } = {},
): Telemetry {
  const telemetry = createTelemetry({
    dataDir,
    ...(options.url === undefined ? {} : { url: options.url }),
    config: TelemetryConfig.parse(options.config ?? {}),
    clock: systemClock,
    logger: pino({ level: 'silent' }),
  });
  test.after(() => telemetry.stop());
  return telemetry;
}

/** Writes samples as a spool file and returns its path. */
export async function writeSamples(folder: string, name: string, samples: readonly TestSample[]): Promise<string> {
  const bytes = encodeNative(
    [
      { name: 'family', type: 'UInt32', values: Uint32Array.from(samples, () => 7) },
      { name: 'id', type: 'UInt64', values: BigUint64Array.from(samples, ([id]) => BigInt(id)) },
      { name: 't', type: 'DateTime64(3)', values: BigInt64Array.from(samples, ([, t]) => BigInt(t)) },
      { name: 'm', type: 'Int64', values: new BigInt64Array(Float64Array.from(samples, ([, , v]) => v).buffer) },
      { name: 'e', type: 'UInt8', values: new Uint8Array(samples.length).fill(FLOAT_BITS) },
    ],
    samples.length,
  );
  const path = join(folder, `${name}.native`);
  await writeFile(path, bytes);
  return path;
}
