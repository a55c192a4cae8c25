import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { labelsOfKey } from '#core/model/labels.ts';
import { RecordingWriter } from '#core/plugin/recording-writer.ts';
import { jsonReader } from './reader.ts';

const NOW = 1_795_000_000_123;
const AT = 1_795_000_000_000;

function read(body: string, options = {}) {
  const writer = new RecordingWriter(NOW);
  const reader = jsonReader(writer, { maxLineBytes: 0, maxFrameBytes: 300 }, options);
  reader.read(Buffer.from(body));
  reader.end();
  const { samples, rejects } = writer.records;
  return { samples: samples.map(({ key, t, v }) => [{ ...labelsOfKey(key) }, t, v]), rejects };
}

test('every way to spell a sample', () => {
  const up = { __name__: 'up', job: 'a' };
  const body = [
    { name: 'up', labels: { job: 'a' }, t: AT, v: 1 },
    { metric: 'up', tags: { job: 'a' }, time: AT / 1_000, value: '1' },
    { name: 'up', labels: { job: 'a', none: '' }, timestamp: '2026-11-18T11:06:40Z', value: true },
    { path: 'up;job=a', t: String(AT), v: 1 },
    { labels: { __name__: 'up', job: 'a' }, t: AT, v: 1 },
    { name: 'up', labels: { job: 'a' }, samples: [[AT, 1]] },
    { name: 'up', labels: { job: 'a' }, points: [{ t: AT, v: 1 }] },
  ];
  const expected = body.map((): unknown => [up, AT, 1]);
  assert.deepEqual(read(body.map((record) => JSON.stringify(record)).join('\n')), { samples: expected, rejects: [] });
  assert.deepEqual(read(JSON.stringify(body, undefined, 2)), { samples: expected, rejects: [] });
});

test('paths lose empty nodes, what has no time is of now', () => {
  assert.deepEqual(read('{"path":".a..b","v":2}').samples, [[{ __name__: 'a.b' }, NOW, 2]]);
});

test('the unit of numbers may be given', () => {
  assert.deepEqual(read('{"path":"a","t":5,"v":2}', { unit: 'ms' }).samples, [[{ __name__: 'a' }, 5, 2]]);
  assert.throws(() => read('{}', { unit: 'min' }), /invalid unit "min"/);
});

test('each refused record is named by its line and why', () => {
  const lines = [
    '{"name":"a","v":1}',
    '',
    'x',
    '5',
    '{"v":1}',
    '{"name":"a"}',
    '{"name":"a","v":"x"}',
    '{"name":"a","v":"NaN"}',
    '{"name":"a","v":1,"t":"soon"}',
    '{"name":"a","labels":{"b":{}},"v":1}',
    '{"name":"a","samples":[[1],[2,3]]}',
    `{"name":"${'a'.repeat(300)}","v":1}`,
    '{"name":"a","labels":{"b":"\\u001f"},"v":1}',
  ];
  const { samples, rejects } = read(lines.join('\n'));
  assert.equal(samples.length, 3, 'the control character is the writer’s to refuse');
  assert.deepEqual(
    rejects.map(({ line, reason, detail = '' }) => `${line} ${reason} ${detail}`.trim()),
    [
      '3 bad_line not JSON',
      '4 bad_line it is no object',
      '5 bad_key it has no name',
      '6 bad_value nothing is no number',
      '7 bad_value "x" is no number',
      '8 nan NaN is no value',
      '9 bad_time "soon" is no time',
      '10 bad_key the label "b" is no text',
      '11 bad_line a sample that is no pair of time and value',
      '12 too_long',
    ],
  );
});

test('a broken array is refused whole', () => {
  assert.throws(() => read('[{"name":"a","v":1}'), /begins like an array/);
});

test('any JSON is taken or refused, never thrown', () => {
  fc.assert(fc.property(fc.array(fc.jsonValue()), (values) => assert.doesNotThrow(() => read(JSON.stringify(values)))));
});
