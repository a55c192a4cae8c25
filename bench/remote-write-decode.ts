/**
 * How many samples a second the reader of remote write takes out of request bodies: snappy, protobuf, one writer call per
 * sample, series known by the bytes of their labels. One thread, no store.
 *
 *     node bench/remote-write-decode.ts
 */
import { performance } from 'node:perf_hooks';
import type { ReaderFactory, SampleWriter } from '#core/plugin/input.ts';
import { remoteWrite1Reader, remoteWrite2Reader } from '#plugins/inputs/prometheus-remote-write/reader.ts';
import {
  encodeRequest1,
  encodeRequest2,
  type TestSeries,
} from '#plugins/inputs/prometheus-remote-write/testing/encode-request.ts';

const SERIES_PER_REQUEST = 2_000;
const REQUESTS = 50;
const ROUNDS = 30;
const T = 1_795_000_000_000;

/** A node exporter's series: some of them, from many hosts. */
function seriesOf(request: number): TestSeries[] {
  return Array.from({ length: SERIES_PER_REQUEST }, (_, i) => ({
    labels: [
      ['__name__', `node_cpu_seconds_total_${i % 40}`],
      ['cpu', String(i % 16)],
      ['instance', `host-${request}-${i >> 6}.example.net:9100`],
      ['job', 'node'],
      ['mode', ['idle', 'user', 'system', 'iowait'][i & 3] ?? ''],
    ],
    samples: [[T + i, Math.sin(i) * 1e6]],
    metadata: { type: 'counter', unit: 'seconds', help: 'Seconds the CPUs spent in each mode.' },
  }));
}

class CountingWriter implements SampleWriter {
  position = 0;
  spelling: SampleWriter['spelling'];
  samples = 0;
  sample(): void {
    this.samples += 1;
  }
  stale(): void {}
  histogram(): void {}
  exemplar(): void {}
  metadata(): void {}
  log(): void {}
  reject(): void {}
  now(): number {
    return T;
  }
}

function measure(name: string, factory: ReaderFactory, bodies: readonly Uint8Array[]): void {
  const writer = new CountingWriter();
  const read = (): void => {
    for (const body of bodies) factory(writer, { maxLineBytes: 0, maxFrameBytes: 0 }).read(body);
  };
  read();
  writer.samples = 0;
  const start = performance.now();
  for (let round = 0; round < ROUNDS; round += 1) read();
  const seconds = (performance.now() - start) / 1_000;
  const megabytes = (bodies.reduce((sum, body) => sum + body.length, 0) * ROUNDS) / 1e6;
  const rate = Math.round(writer.samples / seconds / 1_000);
  console.log(`${name}: ${rate} k samples/s, ${Math.round(megabytes / seconds)} MB/s compressed`);
}

const requests = Array.from({ length: REQUESTS }, (_, i) => ({ series: seriesOf(i) }));
measure('remote write 1.0', remoteWrite1Reader, requests.map(encodeRequest1));
measure('remote write 2.0', remoteWrite2Reader, requests.map(encodeRequest2));
