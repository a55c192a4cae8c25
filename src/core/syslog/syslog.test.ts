import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { createSyslogParser, parseSyslog } from './parse-syslog.ts';
import { syslogFrames } from './syslog-frames.ts';
import { facilityName, type SyslogMessage, syslogSeverity } from './syslog-message.ts';

const RECORDED = '../shared/data/syslog/telegraf.json';
const NOW = Date.parse('2026-11-25T00:00:00Z');
type Expected = { tags: Record<string, string>; fields: Record<string, unknown> };
type Case = { name: string; framing: string; best_effort: boolean; raw: string; messages: Expected[]; error?: string };

function framed({ framing, raw }: Case, pieces: number): SyslogMessage[] {
  const bytes = Buffer.from(raw);
  if (framing === 'datagram') return [parseSyslog(bytes, NOW)];
  const found: SyslogMessage[] = [];
  const frames = syslogFrames(1 << 20, {
    frame: (frame) => found.push(parseSyslog(frame, NOW)),
    tooLong: () => assert.fail('too long'),
  });
  const size = Math.ceil(bytes.length / pieces);
  for (let at = 0; at < bytes.length; at += size) frames.read(bytes.subarray(at, at + size));
  frames.end();
  return found;
}

function flat({ tags, fields }: Expected): Record<string, unknown> {
  const known = new Set('facility_code severity_code message msgid procid timestamp version'.split(' '));
  const structured = Object.entries(fields).filter(([name]) => !known.has(name));
  return {
    facility: tags['facility'],
    severity: fields['severity_code'],
    host: tags['hostname'] ?? '',
    app: tags['appname'] ?? '',
    msgid: fields['msgid'] ?? '',
    procid: fields['procid'] ?? '',
    t: typeof fields['timestamp'] === 'number' ? Math.round(fields['timestamp'] / 1000) : undefined,
    body: String(fields['message'] ?? '').replaceAll('\\n', '\n'),
    structured: Object.fromEntries(
      structured.map(([name, value]) => [name.replaceAll('_', '.'), value === true ? '' : value]),
    ),
  };
}

function pairs(list: readonly string[]): Record<string, string> {
  return Object.fromEntries(list.flatMap((name, i) => (i % 2 === 0 ? [[name, list[i + 1] ?? '']] : [])));
}

test('recorded streams: every message with all its parts, cut in any pieces', {
  skip: !existsSync(RECORDED) && 'no recorded data',
}, () => {
  const { cases } = JSON.parse(readFileSync(RECORDED, 'utf8')) as { cases: Case[] };
  let seen = 0;
  for (const recorded of cases) {
    if (recorded.error !== undefined && recorded.messages.length === 0) continue;
    for (const pieces of [1, 2, 7, 1000]) {
      const got = framed(recorded, pieces).map(
        ({ facility, severity, t, host, app, procid, msgid, structured, body }) => ({
          facility: facilityName(facility),
          severity,
          host,
          app,
          msgid,
          procid,
          t: t === undefined ? undefined : Math.round(t * 1000),
          body,
          structured: pairs(structured),
        }),
      ); // prettier-ignore
      assert.deepEqual(got, recorded.messages.map(flat), `${recorded.name} in ${pieces} pieces`);
    }
    seen++;
  }
  assert.ok(seen >= 19, `${seen} cases`);
});

const LOOSE: readonly (readonly [text: string, expected: Partial<SyslogMessage>])[] = [
  [
    '<34>Oct 11 22:14:15 mymachine su[77]: ok',
    { host: 'mymachine', app: 'su', procid: '77', body: 'ok', facility: 4, severity: 2 },
  ],
  ['<13>Feb  5 17:32:18 10.0.0.99 Use the BFG!', { host: '10.0.0.99', app: '', body: 'Use the BFG!' }],
  [
    '<189>29: *Mar  1 18:46:11.123 UTC: %SYS-5-CONFIG_I: Configured',
    { body: '%SYS-5-CONFIG_I: Configured', severity: 5 },
  ],
  ['<189>1234: sw1: Mar  1 18:46:11: %LINK-3-UPDOWN: down', { host: 'sw1', body: '%LINK-3-UPDOWN: down' }],
  ['<166>Jan 24 2025 11:28:30 fw1 : %ASA-6-302013: Built', { host: 'fw1', body: '%ASA-6-302013: Built' }],
  ['<166>%ASA-6-302013: Built', { host: '', body: '%ASA-6-302013: Built', facility: 20 }],
  ['<30>2026-01-02T03:04:05.678901+01:00 web systemd[1]: Started', { host: 'web', app: 'systemd', procid: '1' }],
  ['<30>systemd[1]: Started', { host: '', app: 'systemd', procid: '1', body: 'Started' }],
  ['<30>Jan  2 03:04:05 sshd[5]: hi', { host: '', app: 'sshd', procid: '5', body: 'hi' }],
  [
    '<165>1 2003-10-11T22:14:15.003Z h evntslog - ID47 [a@1 b="x\\"]\\\\"][c@2] \uFEFFtext',
    { structured: ['a@1.b', 'x"]\\', 'c@2', ''], body: 'text', app: 'evntslog' },
  ],
  ['no header at all', { rfc: 0, body: 'no header at all' }],
  ['<999>no', { rfc: 0, body: '<999>no' }],
  ['', { rfc: 0, body: '' }],
]; // prettier-ignore

test('what devices send in the place of the RFCs is taken apart as far as it goes', () => {
  for (const [text, expected] of LOOSE) {
    const got = parseSyslog(text, NOW);
    for (const [key, value] of Object.entries(expected))
      assert.deepEqual(got[key as keyof SyslogMessage], value, `${text}: ${key}`);
  }
});

test('a zone is that of timestamps without one; microseconds are kept', () => {
  const parse = createSyslogParser('Europe/Berlin');
  assert.equal(parse('<13>Jul  2 16:31:03.123456 h a: b', NOW).t, Date.parse('2026-07-02T14:31:03.123Z') + 0.456);
  assert.equal(syslogSeverity(3), 17);
  assert.equal(syslogSeverity(undefined), 0);
});

test('frames beyond the limit are passed over and counted; what follows is read', () => {
  const seen: string[] = [];
  let long = 0;
  const frames = syslogFrames(20, {
    frame: (bytes) => seen.push(Buffer.from(bytes).toString()),
    tooLong: () => long++,
  });
  for (const byte of Buffer.from(`30 <1>${'x'.repeat(27)}7 <1>okay<1>${'y'.repeat(60)}\n<1>after\n`))
    frames.read(Uint8Array.of(byte));
  frames.end();
  assert.deepEqual([seen, long], [['<1>okay', '<1>after'], 2]);
});
