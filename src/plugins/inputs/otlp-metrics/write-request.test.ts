import assert from 'node:assert/strict';
import { test } from 'node:test';
import { canonicalKey, type Labels } from '#core/model/labels.ts';
import type { Attribute } from '#core/otlp/any-value.ts';
import type { ReaderOptions } from '#core/plugin/input.ts';
import { RecordingWriter } from '#core/plugin/recording-writer.ts';
import type { OtlpMetric, OtlpPoint, ResourceMetrics } from './export-request.ts';
import { otlpJsonReader, otlpProtobufReader } from './reader.ts';
import { encodeJson, encodeProtobuf } from './testing/encode-request.ts';

const T = 1_795_000_000_000;
const RESOURCE: readonly Attribute[] = [
  ['service.name', 'shop'],
  ['service.namespace', 'eu'],
  ['service.instance.id', 'i-1'],
  ['host.name', 'web-1'],
];
const OF_RESOURCE = { host: 'web-1', service: 'shop', job: 'eu/shop', instance: 'i-1' };

/** The records of a request, which both encodings must give alike. */
function read(resources: readonly ResourceMetrics[], options: ReaderOptions = {}): RecordingWriter['records'] {
  const [first, second] = [
    { reader: otlpProtobufReader, body: encodeProtobuf(resources) },
    { reader: otlpJsonReader, body: encodeJson(resources) },
  ].map(({ reader, body }) => {
    const writer = new RecordingWriter(T);
    reader(writer, { maxLineBytes: 1, maxFrameBytes: 1 }, options).read(body);
    return writer.records;
  });
  assert.ok(first !== undefined);
  assert.deepEqual(second, first);
  return first;
}

const key = (name: string, labels: Labels = {}): string => canonicalKey({ ...labels, __name__: name });
const BASE = { attributes: [], t: T, hasNoValue: false, exemplars: [] } as const;
const METRIC = { name: 'm', description: 'Help.', unit: '', isMonotonic: false, temporality: 'cumulative' } as const;
const number = (v: number, more: object = {}): OtlpPoint => ({ kind: 'number', ...BASE, v, ...more });
const readMetric = (metric: Partial<OtlpMetric> & Pick<OtlpMetric, 'kind' | 'points'>): RecordingWriter['records'] =>
  read([{ attributes: [], metrics: [{ ...METRIC, ...metric }] }]);

test('a gauge of a resource: labels of the point, of the resource, and target_info', () => {
  const points = [
    number(0.5, {
      attributes: [
        ['cpu.id', '0'],
        ['empty', ''],
        ['text', 'a\nb'],
      ],
    }),
  ];
  const metrics = [{ ...METRIC, name: 'system.cpu.utilization', unit: '1', kind: 'gauge', points } as const];
  const { samples, metadata, rejects } = read([{ attributes: [...RESOURCE, ['os.type', 'linux']], metrics }]);
  const labels = { cpu_id: '0', text: 'a b', ...OF_RESOURCE };
  assert.deepEqual(samples, [
    { key: key('system_cpu_utilization_ratio', labels), t: T, v: 0.5 },
    { key: key('target_info', { ...OF_RESOURCE, host_name: 'web-1', os_type: 'linux' }), t: T, v: 1 },
  ]);
  assert.deepEqual(metadata, [
    { metric: 'system_cpu_utilization_ratio', type: 'gauge', unit: '', help: 'Help.' },
    { metric: 'target_info', type: 'gauge', unit: '', help: 'Target metadata' },
  ]);
  assert.deepEqual(rejects, []);
});

test('utf8: names and attributes stay as they are', () => {
  const points = [number(1, { attributes: [['http.method', 'GET']] })];
  const metrics = [{ ...METRIC, name: 'http.requests', kind: 'sum', isMonotonic: true, points } as const];
  const { samples } = read([{ attributes: [], metrics }], { translation: 'utf8' });
  assert.deepEqual(samples, [{ key: key('http.requests_total', { 'http.method': 'GET' }), t: T, v: 1 }]);
});

test('what a point says of host and service comes first, job and instance are of the resource', () => {
  const attributes: Attribute[] = [
    ['host', 'db-7'],
    ['job', 'mine'],
    ['service', 'other'],
  ];
  const metrics = [{ ...METRIC, kind: 'gauge', points: [number(1, { attributes })] } as const];
  const { samples } = read([{ attributes: RESOURCE.slice(0, 3), metrics }]);
  assert.deepEqual(samples[0]?.key, key('m', { host: 'db-7', service: 'other', job: 'eu/shop', instance: 'i-1' }));
  assert.equal(samples.length, 1, 'nothing to tell in target_info');
});

test('attributes that meet in one label are joined', () => {
  const { samples } = readMetric({
    kind: 'gauge',
    points: [
      number(1, {
        attributes: [
          ['a_b', '2'],
          ['a.b', '1'],
        ],
      }),
    ],
  });
  assert.equal(samples[0]?.key, key('m', { a_b: '1;2' }));
});

test('sums: monotonic ones are counters, others gauges; exemplars keep their trace', () => {
  const exemplars = [
    { attributes: [['user.id', '7']], t: T - 9, v: 3, traceId: 'ab'.repeat(16), spanId: 'cd'.repeat(8) },
  ];
  const counter = readMetric({ kind: 'sum', isMonotonic: true, unit: 'By', points: [number(5, { exemplars })] });
  assert.deepEqual(counter.samples, [{ key: 'm_bytes_total', t: T, v: 5 }]);
  assert.deepEqual(counter.metadata, [{ metric: 'm_bytes_total', type: 'counter', unit: 'bytes', help: 'Help.' }]);
  const labels = { user_id: '7', trace_id: 'ab'.repeat(16), span_id: 'cd'.repeat(8) };
  assert.deepEqual(counter.exemplars, [{ key: 'm_bytes_total', exemplar: { t: T - 9, v: 3, labels } }]);
  const gauge = readMetric({ kind: 'sum', points: [number(-5)] });
  assert.deepEqual([gauge.samples[0]?.key, gauge.metadata[0]?.type], ['m', 'gauge']);
});

const HISTOGRAM = {
  kind: 'histogram',
  ...BASE,
  count: 6,
  sum: 7.5,
  bucketCounts: [1, 2, 3],
  bounds: [0.5, 2],
} as const;

test('a histogram becomes cumulative buckets, a sum and a count', () => {
  const exemplar = { attributes: [], t: T, v: 0.7, traceId: '', spanId: '' };
  const point = { ...HISTOGRAM, exemplars: [exemplar, { ...exemplar, v: 3 }] };
  const { samples, exemplars, metadata } = readMetric({ kind: 'histogram', unit: 's', points: [point] });
  assert.deepEqual(
    samples.map((s) => [s.key, s.v]),
    [
      [key('m_seconds_bucket', { le: '0.5' }), 1],
      [key('m_seconds_bucket', { le: '2' }), 3],
      [key('m_seconds_bucket', { le: '+Inf' }), 6],
      ['m_seconds_sum', 7.5],
      ['m_seconds_count', 6],
    ],
  );
  assert.deepEqual(
    exemplars.map((e) => e.key),
    ['2', '+Inf'].map((le) => key('m_seconds_bucket', { le })),
  );
  assert.deepEqual([metadata[0]?.metric, metadata[0]?.type], ['m_seconds', 'histogram']);
});

test('a histogram without a sum has none, one without bounds has one bucket', () => {
  const { samples } = readMetric({
    kind: 'histogram',
    points: [{ ...HISTOGRAM, sum: undefined, bounds: [], bucketCounts: [] }],
  });
  assert.deepEqual(
    samples.map((s) => s.key),
    [key('m_bucket', { le: '+Inf' }), 'm_count'],
  );
});

test('a summary becomes quantiles, a sum and a count', () => {
  const quantiles = [
    { quantile: 0.5, v: 1 },
    { quantile: 0.99, v: 9 },
  ];
  const { attributes, t, hasNoValue } = BASE;
  const point: OtlpPoint = { kind: 'summary', attributes, t, hasNoValue, count: 4, sum: 8, quantiles };
  const { samples, metadata } = readMetric({ kind: 'summary', points: [point] });
  assert.deepEqual(
    samples.map((s) => [s.key, s.v]),
    [
      [key('m', { quantile: '0.5' }), 1],
      [key('m', { quantile: '0.99' }), 9],
      ['m_sum', 8],
      ['m_count', 4],
    ],
  );
  assert.equal(metadata[0]?.type, 'summary');
});

test('points without a recorded value end every series of theirs', () => {
  const hasNoValue = true;
  assert.deepEqual(readMetric({ kind: 'gauge', points: [number(1, { hasNoValue })] }).stale, [{ key: 'm', t: T }]);
  const { stale, samples } = readMetric({ kind: 'histogram', points: [{ ...HISTOGRAM, hasNoValue }] });
  assert.deepEqual([stale.length, samples.length], [5, 0]);
});

test('what cannot be taken is refused point by point, with the metric and what to do', () => {
  const good = number(1);
  const cases: readonly (readonly [Partial<OtlpMetric>, OtlpPoint, string, RegExp])[] = [
    [{ kind: 'sum', temporality: 'delta' }, good, 'bad_value', /^m: its temporality is delta: .*deltatocumulative/],
    [{ kind: 'histogram', temporality: 'delta' }, HISTOGRAM, 'bad_value', /delta/],
    [{ kind: 'sum', temporality: 'unspecified' }, good, 'bad_value', /unspecified/],
    [{ kind: 'gauge', name: '...' }, good, 'bad_key', /"\.\.\."/],
    [{ kind: 'gauge' }, number(1, { v: undefined }), 'bad_value', /no value/],
    [{ kind: 'gauge' }, number(1, { t: 0 }), 'bad_time', /no time/],
    [{ kind: 'histogram' }, { ...HISTOGRAM, bucketCounts: [1] }, 'bad_value', /1 bucket counts do not fit 2 bounds/],
  ];
  for (const [metric, point, reason, detail] of cases) {
    const { samples, stale, histograms, rejects } = readMetric({ kind: 'gauge', points: [point, point], ...metric });
    assert.deepEqual([samples, stale, histograms], [[], [], []]);
    assert.deepEqual(
      rejects.map((r) => [r.line, r.reason]),
      [
        [1, reason],
        [2, reason],
      ],
    );
    assert.match(rejects[0]?.detail ?? '', detail);
  }
});
