import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import type { RawLog } from '#core/model/log-record.ts';
import type { ReaderFactory } from '#core/plugin/input.ts';
import { RecordingWriter } from '#core/plugin/recording-writer.ts';
import plugin from './index.ts';
import { datagramReader, streamReader } from './reader.ts';

const NOW = Date.parse('2026-11-25T12:00:00Z');
const LIMITS = { maxLineBytes: 100, maxFrameBytes: 100 };
const RECORDED = '../shared/data/syslog/telegraf.json';

function read(factory: ReaderFactory, chunks: readonly (string | Uint8Array)[]) {
  const writer = new RecordingWriter(NOW);
  writer.address = '192.0.2.1';
  const reader = factory(writer, LIMITS);
  for (const chunk of chunks) assert.equal(reader.read(Buffer.from(chunk as string)), true);
  reader.end();
  return writer.records;
}

const stream = (...chunks: (string | Uint8Array)[]) => read(streamReader('UTC'), chunks);
const attributesOf = ({ attributes = [] }: RawLog): Record<string, string> =>
  Object.fromEntries(attributes.flatMap((name, i) => (i % 2 === 0 ? [[name, attributes[i + 1] ?? '']] : [])));

test('a message of RFC 5424 with all its parts', () => {
  const message =
    '<165>1 2026-11-25T11:59:59.123456+00:00 web-1 nginx 77 ID47 [ex@1 iut="3" ip="a" ip="b"][origin] \u{feff}grüße';
  const { logs, rejects } = stream(`${Buffer.byteLength(message)} ${message}`);
  assert.deepEqual(rejects, []);
  assert.deepEqual(logs, [
    {
      t: Date.parse('2026-11-25T11:59:59.123Z') + 0.456,
      severity: 10,
      host: 'web-1',
      service: 'nginx',
      source: 'syslog',
      body: 'grüße',
      attributes: [
        ...['syslog.facility', 'local4', 'process.pid', '77', 'syslog.msgid', 'ID47', 'syslog.sd.ex@1.iut', '3'],
        ...['syslog.sd.ex@1.ip', 'a,b', 'syslog.sd.origin', 'true', 'source.address', '192.0.2.1'],
      ],
    },
  ]);
});

test('a message of RFC 3164 is of the zone that is set', () => {
  const [log] = read(datagramReader('Europe/Berlin'), ['<34>Nov 25 12:30:00 box su[9]: no\nsecond line\n']).logs;
  assert.equal(log?.t, Date.parse('2026-11-25T11:30:00Z'));
  assert.deepEqual([log?.host, log?.service, log?.body, log?.severity], ['box', 'su', 'no\nsecond line', 18]);
});

test('both ways to frame may follow each other in one connection, cut anywhere', () => {
  const bytes = Buffer.from('9 <13>a: b\n<14>one: 1\n10 <15>c: d\ne\n<14>last: x');
  const whole = stream(bytes).logs;
  assert.deepEqual(
    whole.map(({ body }) => body),
    ['b', '1', 'd\ne', 'x'],
  );
  assert.deepEqual(stream(...[...bytes].map((_, i) => bytes.subarray(i, i + 1))).logs, whole);
});

test('what cannot be parsed is kept whole, under the address of its sender', () => {
  const { logs, rejects } = stream('no header at all \x1b[31m\n\n\xff\xfe<999>1 x\n');
  assert.deepEqual(rejects, []);
  assert.deepEqual(
    logs.map(({ body, host }) => [body, host]),
    [
      ['no header at all \x1b[31m', ''],
      ['ÿþ<999>1 x', ''],
    ],
  );
  assert.equal(attributesOf(logs[0] as RawLog)['source.address'], '192.0.2.1');
});

test('messages of 1 MiB are taken, longer ones passed over and counted', () => {
  const body = 'x'.repeat(2 ** 20);
  const long = `<13>a: ${'y'.repeat(2 ** 21)}`;
  const { logs, rejects } = stream(`<13>a: ${body}\n${long}\n<13>a: after\n${long.length} ${long}<13>a: end\n`);
  assert.deepEqual(
    logs.map((log) => log.body.length),
    [2 ** 20, 5, 3],
  );
  assert.deepEqual(
    rejects.map(({ line, reason }) => [line, reason]),
    [
      [2, 'too_long'],
      [4, 'too_long'],
    ],
  );
});

test('recorded streams', { skip: !existsSync(RECORDED) && 'no recorded data' }, () => {
  type Message = { tags: Record<string, string>; fields: Record<string, unknown> };
  type Case = { name: string; framing: string; raw: string; messages: Message[] };
  const { cases } = JSON.parse(readFileSync(RECORDED, 'utf8')) as { cases: Case[] };
  let seen = 0;
  for (const { name, framing, raw, messages } of cases.filter((one) => one.messages.length > 0)) {
    const { logs } = read(framing === 'datagram' ? datagramReader('UTC') : streamReader('UTC'), [raw]);
    assert.deepEqual(
      logs.map((log) => [log.host, log.service, attributesOf(log)['syslog.facility']]),
      messages.map(({ tags }) => [tags['hostname'] ?? '', tags['appname'] ?? '', tags['facility']]),
      name,
    );
    seen += logs.length;
  }
  assert.ok(seen >= 19, `${seen} messages`);
});

test('any bytes are messages or refused, never thrown; where they are cut makes no difference', () => {
  const piece = fc.oneof(
    fc.uint8Array({ maxLength: 60 }),
    fc.constantFrom('<34>1 - - - - - -', '5 <1>', '999999999 <', '<13>x[', '\n', '[a b="\\', '0 ').map(Buffer.from),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 20 }), fc.integer({ min: 1, max: 9 }), (pieces, size) => {
      const bytes = Buffer.concat(pieces);
      const cuts = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
        bytes.subarray(i * size, (i + 1) * size),
      );
      assert.deepEqual(stream(...cuts), stream(bytes));
    }),
  );
});

test('a zone that is none is refused with the configuration', () => {
  assert.equal(plugin.config.safeParse({ zone: 'Mars/Base' }).success, false);
  assert.equal(plugin.config.safeParse({ zone: 'Europe/Berlin' }).success, true);
});
