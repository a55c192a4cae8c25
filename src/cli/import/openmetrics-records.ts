import { buffer } from 'node:stream/consumers';
import { AppError } from '#core/errors.ts';
import { ExpositionError } from '#core/exposition/exposition.ts';
import { parseExposition } from '#core/exposition/parse-exposition.ts';
import type { ImportRecord } from './import-chunk.ts';

/**
 * The samples of an exposition, OpenMetrics when it ends with `# EOF`, else Prometheus' text format; those without a time
 * are of now. It is read whole. The lines of its records are the places of the samples, from 1. Throws `bad_request` that
 * names the line which breaks the format.
 */
export async function* openMetricsRecords(
  stream: AsyncIterable<Buffer>,
  fromLine: number,
): AsyncGenerator<ImportRecord> {
  const { samples } = read(await buffer(stream));
  for (const [i, { series, t, v }] of samples.entries()) {
    const line = i + 1;
    const value = Number.isFinite(v) ? v : String(v);
    if (line >= fromLine)
      yield { line, json: JSON.stringify({ name: series.name, labels: series.labels, t, v: value }) };
  }
}

function read(bytes: Buffer) {
  const isOpenMetrics = /# EOF\n?$/.test(bytes.subarray(-8).toString());
  try {
    const fallback = isOpenMetrics ? 'OpenMetricsText1.0.0' : 'PrometheusText0.0.4';
    return parseExposition(bytes, undefined, { strict: false, fallback });
  } catch (error) {
    if (error instanceof ExpositionError) throw new AppError('bad_request', error.message, { cause: error });
    throw error;
  }
}
