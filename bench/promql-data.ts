import {
  encodeRequest1,
  encodeRequest2,
  type TestSeries,
} from '#plugins/inputs/prometheus-remote-write/testing/encode-request.ts';

export const STEP_MS = 15_000;
/**
 * Samples lie this much after multiples of the step, so that none is on the left bound of a window: Prometheus 2 counts it
 * in, Prometheus 3 does not.
 */
const AFTER_MS = 3_700;
/** Series of one request, as Prometheus sends them. */
const PER_REQUEST = 500;

type Kept = {
  readonly labels: TestSeries['labels'];
  value: number;
  readonly next: (value: number, at: number) => number;
};

const HANDLERS = Array.from({ length: 10 }, (_, i) => `/h${i}`);
const CODES = ['200', '301', '404', '500', '503'];
const BOUNDS = ['0.01', '0.025', '0.05', '0.1', '0.25', '0.5', '1', '2.5', '5', '10', '30', '+Inf'];

/** 5,000 counters, 3,000 buckets of 250 histograms, 2,000 gauges; counters are reset now and then. */
export const SERIES = 10_000;

/** The same series at any time, in requests ready to send. */
export class Fleet {
  readonly #series: readonly Kept[] = [...counters(), ...buckets(), ...gauges()];

  /** The requests of one time in a version of remote write; to be called with times in order. */
  bodies(at: number, version: 1 | 2 = 1): Uint8Array[] {
    const encode = version === 1 ? encodeRequest1 : encodeRequest2;
    return this.#requests(at).map((series) => encode({ series }));
  }

  #requests(at: number): TestSeries[][] {
    for (const series of this.#series) series.value = series.next(series.value, at);
    const requests: TestSeries[][] = [];
    for (let from = 0; from < this.#series.length; from += PER_REQUEST) {
      const some = this.#series.slice(from, from + PER_REQUEST);
      requests.push(some.map(({ labels, value }) => ({ labels, samples: [[at + AFTER_MS, value]] })));
    }
    return requests;
  }
}

function counters(): Kept[] {
  return Array.from({ length: 5_000 }, (_, i) => {
    const [host, handler, code] = [Math.floor(i / 50), HANDLERS[Math.floor(i / 5) % 10] ?? '', CODES[i % 5] ?? ''];
    return {
      labels: labels('http_requests_total', { code, handler, instance: `host-${host}` }),
      value: i,
      next: (value, at) => ((at / STEP_MS + i) % 997 === 0 ? 0 : value + ((at / STEP_MS + 7 * i) % 13)),
    };
  });
}

function buckets(): Kept[] {
  return Array.from({ length: 3_000 }, (_, i) => {
    const [group, bound] = [Math.floor(i / BOUNDS.length), i % BOUNDS.length];
    const le = BOUNDS[bound] ?? '';
    return {
      labels: labels('request_seconds_bucket', { handler: HANDLERS[group % 10] ?? '', instance: `host-${group}`, le }),
      value: 0,
      next: (value, at) => value + (bound + 1) * (1 + ((at / STEP_MS + group) % 5)),
    };
  });
}

function gauges(): Kept[] {
  return Array.from({ length: 2_000 }, (_, i) => ({
    labels: labels('node_load', { instance: `host-${i}`, zone: `z${i % 7}` }),
    value: 0,
    // No two are equal, so that it is clear which are the largest.
    next: (_value, at) => (Math.round(100 * (5 + 4 * Math.sin(at / 1e6 + i))) * 10_000 + i) / 1e6,
  }));
}

const labels = (name: string, own: Readonly<Record<string, string>>): TestSeries['labels'] => [
  ['__name__', name],
  ...Object.entries({ ...own, job: 'bench' }).sort(([a], [b]) => (a < b ? -1 : 1)),
];
