import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { RawLog } from '#core/model/log-record.ts';
import { RecordingWriter } from '#core/plugin/recording-writer.ts';
import plugin from './index.ts';
import { httpLogsReader } from './reader.ts';

const NOW = Date.parse('2026-11-25T12:00:00Z');
const LIMITS = { maxLineBytes: 100, maxFrameBytes: 100 };

function read(body: string | Uint8Array, options = {}) {
  const writer = new RecordingWriter(NOW);
  const reader = httpLogsReader(writer, LIMITS, options);
  reader.read(Buffer.from(body as string));
  reader.end();
  return writer.records;
}

const bodyOf = ({ body }: RawLog): string => (typeof body === 'string' ? body : Buffer.from(body).toString());

test('one record, however it is spelled', () => {
  const t = Date.parse('2026-11-25T11:00:00.123Z');
  const expected = {
    t,
    severity: 17,
    body: 'no stock',
    host: 'a',
    service: 's',
    traceId: '',
    spanId: '',
    source: 'http',
  };
  const spellings = [
    {
      time: '2026-11-25T11:00:00.123Z',
      host: 'a',
      service: 's',
      level: 'error',
      message: 'no stock',
      order: { id: 17 },
    },
    {
      '@timestamp': t,
      'host.name': 'a',
      'service.name': 's',
      log: { level: 'ERR' },
      msg: 'no stock',
      'order.id': '17',
    },
    { ts: t / 1_000, hostname: 'a', app: 's', severity: 'Error', body: 'no stock', order: { id: 17 } },
    {
      timestamp: `${t}000000`,
      host: { name: 'a' },
      service: { name: 's' },
      level: 'error',
      _raw: 'no stock',
      order: { id: 17 },
    },
  ];
  const logs = spellings.map((): RawLog => ({ ...expected, attributes: ['order.id', '17'] }));
  assert.deepEqual(read(spellings.map((record) => JSON.stringify(record)).join('\n')), read(JSON.stringify(spellings)));
  assert.deepEqual(read(JSON.stringify(spellings, undefined, 2)).logs, logs);
  assert.deepEqual(read(JSON.stringify(spellings[0], undefined, 2)).logs, logs.slice(0, 1));
});

test('lines of text are kept as they are, among objects too', () => {
  const { logs, rejects } = read('plain \x1b[31m\r\n\n{"message":"m"}\n{broken\n[1] text\n\xff', {
    host: 'h',
    format: 'nginx',
  });
  assert.deepEqual(rejects, []);
  assert.deepEqual(logs.map(bodyOf), ['plain \x1b[31m', 'm', '{broken', '[1] text', 'ÿ']);
  assert.deepEqual(
    logs.map(({ host, format }) => [host, format]),
    [
      ['h', 'nginx'],
      ['h', undefined],
      ['h', 'nginx'],
      ['h', 'nginx'],
      ['h', 'nginx'],
    ],
  ); // prettier-ignore
});

test('bytes that are no UTF-8 go on as they are', () => {
  const bytes = Buffer.from([0x61, 0xff, 0xfe, 0x0a]);
  assert.deepEqual(read(bytes).logs[0]?.body, Uint8Array.of(0x61, 0xff, 0xfe));
});

test('what is refused is named by its line', () => {
  const { logs, rejects } = read(`{"message":"a"}\ntext\n\n{"message":"${'x'.repeat(2 ** 21)}"}\n[]\n{"n":1}`, {
    json: '',
  });
  assert.deepEqual(logs.map(bodyOf), ['a', '{"n":1}']);
  assert.deepEqual(
    rejects.map(({ line, reason }) => `${line} ${reason}`),
    ['2 bad_line', '4 too_long', '5 bad_line'],
  );
  assert.deepEqual(
    read('["a", 1, null, {"message":"b"}]').rejects.map(({ line }) => line),
    [2, 3],
  ); // prettier-ignore
});

test('deep, wide and odd objects are records', () => {
  const wide = Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`f${i}`, i]));
  const deep = `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`;
  assert.equal(read(`${JSON.stringify(wide)}\n${deep}\n{"__proto__":{"x":1},"constructor":2}`).logs.length, 3);
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.json(), fc.string({ unit: 'binary' }))), (lines) => {
      read(lines.join('\n'));
      read(lines.join('\n'), { json: '' });
    }),
  );
});

test('options come from the query and the content type', () => {
  const [endpoint] = plugin.endpoints ?? [];
  const headers = { 'content-type': 'application/x-ndjson' };
  assert.deepEqual(endpoint?.read?.({ params: {}, query: { host: 'a', x: 'b' }, headers }).options, {
    host: 'a',
    json: '',
  });
  assert.deepEqual(endpoint?.read?.({ params: {}, query: {}, headers: {} }).options, {});
});
