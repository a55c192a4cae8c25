import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { pino } from 'pino';
import type { RecordBatch } from '#core/sink.ts';
import { systemClock } from '#io/clock.ts';
import { freePort } from '#test/peers/free-port.ts';
import { ScrapeConfig } from './config.ts';
import { createScraper } from './scraper.ts';
import { lines, RecordingSink } from './testing/recording-sink.ts';

const EXPORTER = '/usr/bin/prometheus-node-exporter';
const skip = existsSync(EXPORTER) ? false : 'prometheus-node-exporter is not installed';

/** The first batch of the sink that the claim holds for. */
async function until(sink: RecordingSink, claim: (batch: RecordBatch) => boolean): Promise<RecordBatch> {
  for (;;) {
    const batch = await sink.next();
    if (claim(batch)) return batch;
  }
}

const isUp = (batch: RecordBatch): boolean => lines(batch).samples.some((line) => /^up\{.* 1$/.test(line));

test('a real exporter is scraped in every format; its series end when it stops and when it is taken off the list', {
  skip,
  timeout: 60_000,
}, async () => {
  const port = await freePort();
  const folder = await mkdtemp(join(tmpdir(), 'node-exporter-'));
  const list = join(folder, 'targets.json');
  await writeFile(list, JSON.stringify([{ targets: [`127.0.0.1:${port}`] }]));
  let exporter: ChildProcess = spawn(EXPORTER, [`--web.listen-address=127.0.0.1:${port}`], { stdio: 'ignore' });
  const formats = ['PrometheusText0.0.4', 'OpenMetricsText1.0.0', 'PrometheusProto'];
  const sinks = formats.map(() => new RecordingSink());
  const scrapers = formats.map((format, i) => {
    const job = {
      job_name: format,
      scrape_interval: '200ms',
      scrape_protocols: [format],
      file_sd_configs: [{ files: [list] }],
    };
    const config = ScrapeConfig.parse({ scrape_configs: [job] });
    return createScraper({
      config,
      sink: sinks[i] ?? new RecordingSink(),
      clock: systemClock,
      logger: pino({ level: 'silent' }),
    });
  });
  for (const scraper of scrapers) scraper.start();
  try {
    const good = await Promise.all(sinks.map((sink) => until(sink, isUp)));
    const names = good.map((batch) => new Set(lines(batch).samples.map((line) => line.slice(0, line.indexOf('{')))));
    assert.ok((names[0]?.size ?? 0) > 100, `only ${names[0]?.size} metrics`);
    for (const metric of [
      'node_cpu_seconds_total',
      'node_load1',
      'go_gc_duration_seconds',
      'node_memory_MemTotal_bytes',
    ]) {
      assert.ok(
        names.every((set) => set.has(metric)),
        metric,
      );
    }
    const series = (lines(good[0] ?? { source: '' }).samples.length ?? 0) - 5;

    exporter.kill();
    await once(exporter, 'exit');
    const ended = await until(sinks[0] ?? new RecordingSink(), (batch) => !isUp(batch));
    assert.ok(
      Math.abs(lines(ended).stale.length - series) < 50,
      `${lines(ended).stale.length} of ${series} series ended`,
    );
    assert.equal(lines(ended).samples.length, 5);

    exporter = spawn(EXPORTER, [`--web.listen-address=127.0.0.1:${port}`], { stdio: 'ignore' });
    await until(sinks[0] ?? new RecordingSink(), isUp);
    await writeFile(list, '[]');
    const gone = await until(sinks[0] ?? new RecordingSink(), ({ samples }) => samples?.keys.length === 0);
    assert.ok(lines(gone).stale.some((line) => line.startsWith('up{')));
    assert.deepEqual(scrapers[0]?.targets().active, []);
  } finally {
    exporter.kill();
    await Promise.all(scrapers.map((scraper) => scraper.stop()));
    await rm(folder, { recursive: true });
  }
});
