import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BinaryReader, BinaryWriter } from '@bufbuild/protobuf/wire';
import fc from 'fast-check';
import { AppError } from '#core/errors.ts';
import type { RejectedRecord } from '#core/plugin/input.ts';
import { RecordingWriter } from '#core/plugin/recording-writer.ts';
import plugin from './index.ts';

const NOW = Date.parse('2026-11-25T12:00:00Z');
const LIMITS = { maxLineBytes: 100, maxFrameBytes: 100 };
const TRACE = '5b8efff798038103d269b633813fc60c';
const SPAN = 'eee19b7ec3c1b174';
const JSON_REQUEST = { params: {}, query: {}, headers: { 'content-type': 'application/json' } };
const PROTOBUF_REQUEST = { params: {}, query: {}, headers: { 'content-type': 'application/x-protobuf' } };

function read(encoding: 'json' | 'protobuf', body: Uint8Array) {
  const writer = new RecordingWriter(NOW);
  const reader = plugin.formats?.[`otlp-logs-${encoding}`]?.(writer, LIMITS) ?? assert.fail();
  reader.read(body);
  reader.end();
  return writer.records;
}

const text = (value: string) => ({ stringValue: value });

/** The example of the specification, with a second record that says little. */
const EXAMPLE = {
  resourceLogs: [
    {
      resource: {
        attributes: [
          { key: 'service.name', value: text('my.service') },
          { key: 'host.name', value: text('web-1') },
          { key: 'os.type', value: text('linux') },
        ],
      },
      scopeLogs: [
        {
          scope: { name: 'my.library', version: '1.0.0' },
          logRecords: [
            {
              timeUnixNano: '1544712660300000789',
              observedTimeUnixNano: '1544712660300000000',
              severityNumber: 10,
              severityText: 'Information',
              traceId: TRACE.toUpperCase(),
              spanId: SPAN.toUpperCase(),
              eventName: 'device.app',
              body: text('Example log record'),
              attributes: [
                { key: 'int', value: { intValue: '10' } },
                { key: 'list', value: { arrayValue: { values: [text('a'), { boolValue: true }] } } },
              ],
            },
            { severityText: 'WARN', body: { kvlistValue: { values: [{ key: 'k', value: { doubleValue: 1.5 } }] } } },
          ],
        },
      ],
    },
  ],
};

const EXPECTED = {
  ...{ host: 'web-1', service: 'my.service', source: 'otlp', resource: ['os.type', 'linux'] },
};

function attribute(writer: BinaryWriter, field: number, key: string, value: (writer: BinaryWriter) => BinaryWriter) {
  value(writer.tag(field, 2).fork().tag(1, 2).string(key).tag(2, 2).fork()).join().join();
}

/** The example in protobuf. */
function encoded(): Uint8Array {
  const writer = new BinaryWriter().tag(1, 2).fork().tag(1, 2).fork();
  for (const [key, value] of [
    ['service.name', 'my.service'],
    ['host.name', 'web-1'],
    ['os.type', 'linux'],
  ] as const) {
    attribute(writer, 1, key, (inner) => inner.tag(1, 2).string(value));
  }
  writer.join().tag(2, 2).fork().tag(1, 2).fork().tag(1, 2).string('my.library').join();
  writer.tag(2, 2).fork().tag(1, 1).fixed64(1_544_712_660_300_000_789n).tag(2, 0).int32(10);
  writer.tag(3, 2).string('Information').tag(5, 2).fork().tag(1, 2).string('Example log record').join();
  attribute(writer, 6, 'int', (inner) => inner.tag(3, 0).int64(10));
  attribute(writer, 6, 'list', (inner) => {
    inner.tag(5, 2).fork().tag(1, 2).fork().tag(1, 2).string('a').join();
    return inner.tag(1, 2).fork().tag(2, 0).bool(true).join().join();
  });
  writer.tag(9, 2).bytes(Buffer.from(TRACE, 'hex')).tag(10, 2).bytes(Buffer.from(SPAN, 'hex'));
  writer.tag(11, 1).fixed64(1_544_712_660_300_000_000n).tag(12, 2).string('device.app').join();
  writer.tag(2, 2).fork().tag(3, 2).string('WARN').tag(5, 2).fork().tag(6, 2).fork();
  attribute(writer, 1, 'k', (inner) => inner.tag(4, 1).double(1.5));
  return writer.join().join().join().join().join().finish();
}

test('both encodings are the same records', () => {
  const { logs, rejects } = read('json', Buffer.from(JSON.stringify(EXAMPLE)));
  assert.deepEqual(rejects, []);
  assert.deepEqual(logs, [
    {
      ...{ ...EXPECTED, t: 1_544_712_660_300, severity: 10, body: 'Example log record', traceId: TRACE, spanId: SPAN },
      attributes: ['int', '10', 'list', '["a",true]', 'event.name', 'device.app', 'otel.scope.name', 'my.library'],
    },
    {
      ...{ ...EXPECTED, severity: 13, body: '{"k":1.5}', traceId: '', spanId: '' },
      attributes: ['otel.scope.name', 'my.library'],
    },
  ]);
  assert.deepEqual(read('protobuf', encoded()).logs, logs);
});

test('severities by name', () => {
  const severityOf = (severityNumber: unknown): number | undefined => {
    const resourceLogs = [{ scopeLogs: [{ logRecords: [{ severityNumber }] }] }];
    return read('json', Buffer.from(JSON.stringify({ resourceLogs }))).logs[0]?.severity;
  };
  assert.deepEqual(
    ['SEVERITY_NUMBER_TRACE', 'SEVERITY_NUMBER_WARN2', 'SEVERITY_NUMBER_FATAL4', 'nonsense', 99].map(severityOf),
    [1, 14, 24, 0, 0],
  );
});

test('answers name what was refused, in the encoding of the request', () => {
  const [endpoint] = plugin.endpoints ?? [];
  const reply = (rejected: readonly RejectedRecord[], request = JSON_REQUEST) =>
    endpoint?.reply({ accepted: 1, rejectedTotal: rejected.length, rejected }, request);
  assert.equal(reply([])?.body, '{}');
  assert.equal(reply([{ line: 1, reason: 'filtered' }])?.body, '{}');
  const body = { partialSuccess: { rejectedLogRecords: '1', errorMessage: 'too_old' } };
  assert.deepEqual(JSON.parse(String(reply([{ line: 1, reason: 'too_old' }])?.body)), body);
  const reader = new BinaryReader(reply([{ line: 1, reason: 'too_old' }], PROTOBUF_REQUEST)?.body as Uint8Array);
  assert.deepEqual([reader.tag()[0], reader.uint32() > 0, reader.tag()[0], Number(reader.int64())], [1, true, 1, 1]);
  assert.equal(reply([{ line: 1, reason: 'spool_full' }])?.status, 503);
  assert.equal(endpoint?.fail?.(new AppError('disk_full', 'x'), JSON_REQUEST).status, 503);
});

test('what is no request is refused, never thrown otherwise', () => {
  const whole = encoded();
  for (let cut = 1; cut < whole.length; cut++) assert.throws(() => read('protobuf', whole.subarray(0, cut)), AppError);
  for (const body of [
    '',
    '[]',
    '{"resourceLogs":1}',
    '{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"traceId":1}]}]}]}',
  ]) {
    assert.throws(() => read('json', Buffer.from(body)), AppError, body);
  }
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      for (const encoding of ['protobuf', 'json'] as const) {
        try {
          read(encoding, bytes);
        } catch (error) {
          assert.ok(error instanceof AppError);
        }
      }
    }),
  );
});
