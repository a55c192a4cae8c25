/**
 * How fast expositions are read, in MB and samples a second: all series new, and known from the scrape before. One thread.
 *
 *     node bench/exposition-parse.ts
 */
import { performance } from 'node:perf_hooks';
import { parseClassicText } from '#core/exposition/classic-text.ts';
import type { SeriesCache } from '#core/exposition/exposition.ts';
import { parseOpenMetrics } from '#core/exposition/openmetrics.ts';

const FAMILIES = 400;
const SERIES_PER_FAMILY = 100;
const ROUNDS = 25;

/** Gauges as a large exporter has them: about 4 MB. */
const text = Array.from({ length: FAMILIES }, (_, family) => {
  const name = `container_network_receive_bytes_${family}`;
  const head = `# HELP ${name} Bytes that were received.\n# TYPE ${name} gauge\n`;
  const rows = Array.from(
    { length: SERIES_PER_FAMILY },
    (__, i) =>
      `${name}{container="app-${i}",interface="eth${i % 4}",namespace="default",pod="app-${i}-7c9"} ${i * 1.5e3 + family}\n`,
  );
  return head + rows.join('');
}).join('');

const formats = [
  { format: 'Prometheus text', body: text, parse: parseClassicText },
  { format: 'OpenMetrics', body: `${text}# EOF\n`, parse: parseOpenMetrics },
];

for (const { format, body, parse } of formats) {
  for (const isKnown of [false, true]) {
    const kept: SeriesCache = new Map();
    const times = Array.from({ length: ROUNDS }, () => {
      const cache: SeriesCache = isKnown ? kept : new Map();
      const started = performance.now();
      parse(body, { strict: true, cache });
      return performance.now() - started;
    }).sort((a, b) => a - b);
    const seconds = (times[ROUNDS >> 1] ?? 0) / 1_000;
    const mbps = (body.length / 1e6 / seconds).toFixed(0);
    const samples = ((FAMILIES * SERIES_PER_FAMILY) / seconds / 1e3).toFixed(0);
    console.log(`${format}, series ${isKnown ? 'known' : 'new'}: ${mbps} MB/s, ${samples}k samples/s`);
  }
}
