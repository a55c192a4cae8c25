import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { compress } from 'snappyjs';
import { AppError } from '#core/errors.ts';
import { canonicalKey } from '#core/model/labels.ts';
import type { ReaderFactory } from '#core/plugin/input.ts';
import { RecordingWriter } from '#core/plugin/recording-writer.ts';
import { remoteWrite1Reader, remoteWrite2Reader } from './reader.ts';
import { encodeRequest1, encodeRequest2, type TestRequest } from './testing/encode-request.ts';

const VERSIONS = [
  { version: '1.0', reader: remoteWrite1Reader, encode: encodeRequest1 },
  { version: '2.0', reader: remoteWrite2Reader, encode: encodeRequest2 },
] as const;
const T = 1_795_000_000_000;

function readBy(factory: ReaderFactory, body: Uint8Array): RecordingWriter['records'] {
  const writer = new RecordingWriter(T);
  const reader = factory(writer, { maxLineBytes: 1, maxFrameBytes: 1 });
  assert.equal(reader.read(body), true);
  reader.end();
  return writer.records;
}

const UP = [
  ['__name__', 'up'],
  ['job', 'a'],
] as const;
const UP_KEY = canonicalKey({ __name__: 'up', job: 'a' });

for (const { version, reader, encode } of VERSIONS) {
  const read = (request: TestRequest): RecordingWriter['records'] => readBy(reader, encode(request));

  test(`${version}: samples of any value and time, stale markers apart from other NaN`, () => {
    const values = [0, -0, 1.5, -1e300, Infinity, -Infinity, Number.NaN];
    const times = [T, 0, -1, -T, 2 ** 53 - 1, 1, 127];
    const samples = values.map((v, i) => [times[i] ?? 0, v] as const);
    const { samples: read1, stale } = read({ series: [{ labels: UP, samples: [...samples, [T + 1, 'stale']] }] });
    assert.deepEqual(
      read1,
      samples.map(([t, v]) => ({ key: UP_KEY, t, v })),
    );
    assert.deepEqual(stale, [{ key: UP_KEY, t: T + 1 }]);
  });

  test(`${version}: labels in any order, empty values are no labels, names in UTF-8`, () => {
    const labels = [
      ['z', ''],
      ['ü.x', '日本'],
      ['__name__', 'http.requests'],
      ['a', 'b'],
    ] as const;
    const { samples, rejects } = read({ series: [{ labels, samples: [[T, 1]] }] });
    const key = canonicalKey({ __name__: 'http.requests', a: 'b', 'ü.x': '日本' });
    assert.deepEqual(samples, [{ key, t: T, v: 1 }]);
    assert.deepEqual(rejects, []);
  });

  test(`${version}: a series that is none is refused by number and name, the others are taken`, () => {
    const cases: readonly (readonly [TestRequest['series'][number]['labels'], RegExp])[] = [
      [[['job', 'a']], /^\{job="a"\}: it has no name/],
      [
        [
          ['__name__', ''],
          ['job', 'a'],
        ],
        /it has no name/,
      ],
      [[], /^\{\}: it has no name/],
      [
        [
          ['__name__', 'up'],
          ['a', '1'],
          ['a', '2'],
        ],
        /^up\{a="1", a="2"\}: the label "a" is there twice$/,
      ],
      [
        [
          ['__name__', 'up'],
          ['', 'x'],
        ],
        /a label has no name/,
      ],
      [
        [
          ['__name__', 'up'],
          ['a', 'line\nbreak'],
        ],
        /control characters/,
      ],
    ];
    for (const [labels, detail] of cases) {
      const good = { labels: UP, samples: [[T, 1]] } as const;
      const { samples, rejects } = read({
        series: [
          good,
          {
            labels,
            samples: [
              [T, 2],
              [T + 1, 3],
            ],
          },
          good,
        ],
      });
      assert.deepEqual(
        samples.map(({ v }) => v),
        [1, 1],
      );
      assert.deepEqual(
        rejects.map(({ line, reason }) => [line, reason]),
        [
          [2, 'bad_key'],
          [2, 'bad_key'],
        ],
      );
      assert.match(rejects[0]?.detail ?? '', detail);
    }
  });

  test(`${version}: exemplars come after the samples of their series`, () => {
    const exemplars = [
      {
        labels: [
          ['trace_id', 'abc'],
          ['none', ''],
        ],
        v: 0.5,
        t: T - 5,
      },
    ] as const;
    const { exemplars: recorded } = read({ series: [{ labels: UP, samples: [[T, 1]], exemplars }] });
    assert.deepEqual(recorded, [{ key: UP_KEY, exemplar: { t: T - 5, v: 0.5, labels: { trace_id: 'abc' } } }]);
  });

  test(`${version}: random requests are recorded as they were`, () => {
    const label = fc.tuple(fc.string({ minLength: 1, maxLength: 8 }), fc.string({ minLength: 1, maxLength: 200 }));
    const clean = label.map(
      ([k, v]) => [`l_${k.replace(/[\x00-\x1f\x7f]/g, '_')}`, v.replace(/[\x00-\x1f\x7f]/g, '_')] as const,
    );
    const labels = fc.uniqueArray(clean, { selector: ([name]) => name, maxLength: 6 });
    const samples = fc.array(fc.tuple(fc.integer({ min: 0, max: 4e12 }), fc.double({ noNaN: true })), { maxLength: 4 });
    fc.assert(
      fc.property(fc.array(fc.tuple(labels, samples), { maxLength: 8 }), (input) => {
        const series = input.map(([rest, values]) => ({
          labels: [['__name__', 'm'] as const, ...rest],
          samples: values,
        }));
        const expected = series.flatMap((one) => {
          const key = canonicalKey(Object.fromEntries(one.labels));
          return one.samples.map(([t, v]) => ({ key, t, v }));
        });
        assert.deepEqual(read({ series }).samples, expected);
      }),
    );
  });

  test(`${version}: cut, changed and random bytes are read or are a bad request`, () => {
    const histogram = { t: T, schema: 1, count: 2, sum: 3, positive: { spans: [[0, 2]], deltas: [1, 0] } } as const;
    const exemplars = [{ labels: UP, v: 1, t: T }];
    const metadata = { type: 'counter', unit: 's', help: 'h' } as const;
    const one = { labels: UP, samples: [[T, 1]], histograms: [histogram], exemplars, metadata } as const;
    const seed = encode({ series: [one, one], metadata: [{ metric: 'up', ...metadata }] });
    const edits = fc.array(fc.tuple(fc.nat(seed.length - 1), fc.nat(255)), { maxLength: 4 });
    const changed = fc.tuple(fc.nat(seed.length), edits).map(([length, changes]) => {
      const bytes = Uint8Array.from(seed);
      for (const [at, byte] of changes) bytes[at] = byte;
      return bytes.subarray(0, length);
    });
    const raw = fc.uint8Array({ maxLength: 80 });
    const outcomes = new Set<string>();
    fc.assert(
      fc.property(
        fc.oneof(
          changed,
          raw,
          raw.map((bytes) => compress(bytes)),
        ),
        (bytes) => {
          try {
            readBy(reader, bytes);
            outcomes.add('read');
          } catch (error) {
            assert.ok(error instanceof AppError && error.code === 'bad_request', String(error));
            outcomes.add('refused');
          }
        },
      ),
      { numRuns: 4000 },
    );
    assert.equal(outcomes.size, 2);
  });
}
