import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { RecordingWriter } from '#core/plugin/recording-writer.ts';
import { StatsdAggregator } from './aggregator.ts';
import { statsdReader } from './reader.ts';

type Case = {
  readonly name: string;
  readonly packets: readonly string[];
  readonly flush1: Readonly<Record<string, number>>;
  readonly flush2: Readonly<Record<string, number>>;
};

const FILE = join(import.meta.dirname, '../../../../../shared/data/statsd/statsd_golden.json');
const skip = existsSync(FILE) ? false : 'the golden data are not there';
const AT = 1_795_000_000_000;

/** Recordings of statsd 0.10.2 with its graphite backend. */
describe('every flush is that of statsd', { skip }, () => {
  if (skip !== false) return;
  const { cases } = JSON.parse(readFileSync(FILE, 'utf8')) as { cases: readonly Case[] };
  assert.ok(cases.length >= 28);
  for (const { name, packets, flush1, flush2 } of cases) {
    test(name, () => {
      const aggregator = new StatsdAggregator({
        ...{ prefix: 'stats', legacyNamespace: false, deleteIdle: false },
        ...{ flushIntervalMs: 10_000, percentThresholds: [90, 95] },
      });
      const reader = statsdReader(aggregator, 'etsy')(new RecordingWriter(AT), LIMITS);
      for (const packet of packets) {
        reader.read(Buffer.from(packet));
        reader.end();
      }
      assert.deepEqual(flushed(aggregator, AT), flush1);
      assert.deepEqual(flushed(aggregator, AT + 10_000), flush2);
    });
  }
});

const LIMITS = { maxLineBytes: 1_000, maxFrameBytes: 1_000 };

function flushed(aggregator: StatsdAggregator, at: number): Record<string, number> {
  const writer = new RecordingWriter(at);
  aggregator.flush(writer, at);
  assert.ok(writer.records.samples.every(({ t }) => t === at));
  return Object.fromEntries(writer.records.samples.map(({ key, v }) => [key, v]));
}
