import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { AppError } from '#core/errors.ts';
import type { RejectedRecord } from '#core/plugin/input.ts';
import { RecordingWriter } from '#core/plugin/recording-writer.ts';
import plugin from './index.ts';
import { eventReader, rawReader } from './readers.ts';

const NOW = Date.parse('2026-11-25T12:00:00Z');
const LIMITS = { maxLineBytes: 100, maxFrameBytes: 100 };
const ENVELOPE = {
  time: 1_426_279_439.123456,
  host: 'localhost',
  source: 'datasource',
  sourcetype: 'txt',
  index: 'main',
};

function read(body: string | Uint8Array, options = {}, factory = eventReader) {
  const writer = new RecordingWriter(NOW);
  const reader = factory(writer, LIMITS, options);
  reader.read(Buffer.from(body as string));
  reader.end();
  return writer.records;
}

test('events follow each other with or without blanks', () => {
  const events = [
    { ...ENVELOPE, event: 'Hello "}{" wörld\n', fields: { service: 's', n: [1] } },
    { time: '1426279439123', event: { message: 'm', level: 'error', user: 'u' }, fields: { user: 'outer' } },
    { event: 42 },
  ];
  const { logs, rejects } = read(`${events.map((event) => JSON.stringify(event)).join('')}\n  {"event":"x"} `);
  assert.deepEqual(rejects, []);
  assert.deepEqual(logs[0], {
    ...{ t: 1_426_279_439_123.456, host: 'localhost', service: 's', source: 'splunk:datasource' },
    body: 'Hello "}{" wörld\n',
    attributes: ['n', '[1]', 'splunk.sourcetype', 'txt', 'splunk.index', 'main'],
  });
  assert.deepEqual(logs[1], {
    ...{ t: 1_426_279_439_123, severity: 17, host: '', service: '', traceId: '', spanId: '', source: 'splunk' },
    body: 'm',
    attributes: ['user', 'outer'],
  });
  assert.deepEqual(
    logs.slice(2).map(({ body }) => body),
    ['42', 'x'],
  ); // prettier-ignore
});

test('raw lines are of where the request says', () => {
  const { logs } = read('one\r\n\n  two', { host: 'h', sourcetype: 'st', time: '1426279439' }, rawReader);
  assert.deepEqual(
    logs.map(({ body, host, t, attributes }) => [Buffer.from(body as Uint8Array).toString(), host, t, attributes]),
    ['one', '  two'].map((body) => [body, 'h', 1_426_279_439_000, ['splunk.sourcetype', 'st']]),
  );
});

test('broken events are refused one by one', () => {
  const long = 'x'.repeat(2 ** 21);
  const { logs, rejects } = read(
    `{"event":""}{"event":"a"}{"nothing":1}[1]{"event":"${long}"}{"event":"b"}}{"event":"cut`,
  );
  assert.deepEqual(
    logs.map(({ body }) => body),
    ['a', 'b'],
  ); // prettier-ignore
  assert.deepEqual(
    rejects.map(({ line, reason }) => `${line} ${reason}`),
    ['1 bad_line', '3 bad_line', '4 bad_line', '5 too_long', '7 bad_line', '8 bad_line'],
  );
});

test('any bytes are events or refused', () => {
  const piece = fc.oneof(fc.constantFrom('{"event":', '"a"', '}', '{', '[', '\\', '"', ' '), fc.json(), fc.string());
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const body = pieces.join('');
      read(body);
      read(body, {}, rawReader);
    }),
  );
});

test('answers are those of Splunk', () => {
  const endpoint = plugin.endpoints?.find(({ path }) => path === '/services/collector/event');
  const request = { params: {}, query: { host: 'a', other: 'b' }, headers: {} };
  const reply = (rejected: readonly RejectedRecord[], accepted = 1): [number | undefined, unknown] => {
    const { status, body } = endpoint?.reply({ accepted, rejectedTotal: rejected.length, rejected }, request) ?? {};
    return [status, JSON.parse(String(body))];
  };
  assert.deepEqual(reply([]), [200, { text: 'Success', code: 0 }]);
  assert.deepEqual(reply([], 0), [400, { text: 'No data', code: 5 }]);
  assert.deepEqual(reply([{ line: 1, reason: 'filtered' }], 0), [200, { text: 'Success', code: 0 }]);
  assert.deepEqual(reply([{ line: 3, reason: 'bad_line', detail: 'Invalid data format' }]), [
    400,
    { text: 'Invalid data format', code: 6, 'invalid-event-number': 2 },
  ]);
  assert.deepEqual(reply([{ line: 1, reason: 'spool_full' }]), [503, { text: 'Server is busy', code: 9 }]);
  assert.equal(endpoint?.fail?.(new AppError('disk_full', 'x'), request).status, 503);
  assert.deepEqual(endpoint?.read?.(request), { format: 'splunk-event', options: { host: 'a' } });
});
