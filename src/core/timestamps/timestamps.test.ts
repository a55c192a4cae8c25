import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compileTimeFormat } from './time-format.ts';
import { TimestampReader } from './timestamp-reader.ts';
import { createZone } from './zone.ts';

const NOW = Date.parse('2026-11-25T00:00:00Z');
const utc = createZone('UTC');

const FORMS: readonly (readonly [text: string, iso: string, micros?: number])[] = [
  ['2024-01-31T12:00:00Z', '2024-01-31T12:00:00.000Z'],
  ['2024-01-31T12:00:00.123456789Z', '2024-01-31T12:00:00.123Z', 456],
  ['2024-01-31 12:00:00,123', '2024-01-31T12:00:00.123Z'],
  ['2024-01-31T12:00:00+0530', '2024-01-31T06:30:00.000Z'],
  ['2024-01-31T12:00:00.5-07:00', '2024-01-31T19:00:00.500Z'],
  ['2024/01/31 12:00:00', '2024-01-31T12:00:00.000Z'],
  ['2024-01-31 12:00:00.250 CEST', '2024-01-31T10:00:00.250Z'],
  ['2024-01-31', '2024-01-31T00:00:00.000Z'],
  ['10/Oct/2000:13:55:36 -0700', '2000-10-10T20:55:36.000Z'],
  ['20/Sep/2018:15:44:23.285', '2018-09-20T15:44:23.285Z'],
  ['Jan  2 15:04:05.000', '2026-01-02T15:04:05.000Z'],
  ['Dec  2 16:31:03', '2026-12-02T16:31:03.000Z'],
  ['Dec 31 23:59:59', '2025-12-31T23:59:59.000Z'],
  ['Mon, 02 Jan 2006 15:04:05 MST', '2006-01-02T22:04:05.000Z'],
  ['Mon, 02 Jan 2006 15:04:05 -0700', '2006-01-02T22:04:05.000Z'],
  ['Mon Jan  2 15:04:05 2006', '2006-01-02T15:04:05.000Z'],
  ['Mon Dec 26 16:15:55.103522 2016', '2016-12-26T16:15:55.103Z', 522],
  ['Jan 02, 2024 3:04:05 PM', '2024-01-02T15:04:05.000Z'],
  ['Nov 28 2014 12:59:03', '2014-11-28T12:59:03.000Z'],
  ['01/31/2024 1:02:03 AM', '2024-01-31T01:02:03.000Z'],
  ['31/01/2024 01:02:03', '2024-01-31T01:02:03.000Z'],
  ['31-Jan-2024 12:00:00.5', '2024-01-31T12:00:00.500Z'],
  ['27 Dec 2018 11:19:18.874', '2018-12-27T11:19:18.874Z'],
  ['30 May 12:50:13.457', '2026-05-30T12:50:13.457Z'],
  ['08/28-12:01:02.123456', '2026-08-28T12:01:02.123Z', 456],
  ['161209 13:08:33', '2016-12-09T13:08:33.000Z'],
  ['161209  3:08:33', '2016-12-09T03:08:33.000Z'],
  ['20240131T120000Z', '2024-01-31T12:00:00.000Z'],
  ['1700000000', '2023-11-14T22:13:20.000Z'],
  ['1700000000.250', '2023-11-14T22:13:20.250Z'],
  ['1700000000123', '2023-11-14T22:13:20.123Z'],
  ['1700000000123456', '2023-11-14T22:13:20.123Z', 456],
  ['1700000000123456789', '2023-11-14T22:13:20.123Z', 457],
];

test('every common form of a timestamp is read whole', () => {
  const reader = new TimestampReader(utc);
  for (const [text, iso, micros = 0] of FORMS) {
    const t = reader.readWhole(text, NOW);
    assert.equal(Number.isNaN(t) ? 'NaN' : new Date(Math.floor(t)).toISOString(), iso, text);
    assert.equal(Math.round((t % 1) * 1000), micros, `${text}: µs`);
  }
});

test('what is no timestamp is none', () => {
  const reader = new TimestampReader(utc);
  for (const text of [
    '',
    'hello',
    '12',
    '2024-13-01',
    '2024-01-32 10:00:00',
    '10/Foo/2000:13:55:36',
    'Jan',
    'Jan 2',
    '99:99:99',
    '1.2.3.4',
  ]) {
    assert.ok(Number.isNaN(reader.readWhole(text, NOW)), text);
  }
});

test('zones by name know daylight saving time', () => {
  const reader = new TimestampReader(createZone('Europe/Berlin'));
  const at = (text: string): string => new Date(reader.readWhole(text, NOW)).toISOString();
  assert.equal(at('2024-01-15 12:00:00'), '2024-01-15T11:00:00.000Z');
  assert.equal(at('2024-07-15 12:00:00'), '2024-07-15T10:00:00.000Z');
  assert.equal(at('2024-03-31 01:59:59'), '2024-03-31T00:59:59.000Z');
  assert.equal(at('2024-03-31 03:00:00'), '2024-03-31T01:00:00.000Z');
  assert.equal(at('2024-10-27 01:59:59'), '2024-10-26T23:59:59.000Z');
  assert.equal(at('2024-10-27 03:00:00'), '2024-10-27T02:00:00.000Z');
  assert.equal(createZone('-02:00').toUtc(0), 7_200_000);
  assert.throws(() => createZone('Middle/Earth'), RangeError);
});

test('custom formats: strftime and Java', () => {
  const table = [
    ['%d/%b/%Y:%H:%M:%S %z', '10/Oct/2000:13:55:36 -0700', '2000-10-10T20:55:36.000Z'],
    ['%Y-%m-%d %I:%M:%S %p', '2024-01-31 01:02:03 PM', '2024-01-31T13:02:03.000Z'],
    ['%F %T.%f', '2024-01-31 01:02:03.5', '2024-01-31T01:02:03.500Z'],
    ["yyyy-MM-dd'T'HH:mm:ss,SSSZ", '2024-01-31T12:00:00,123+0100', '2024-01-31T11:00:00.123Z'],
    ['MMM dd yyyy HH:mm:ss', 'Nov 28 2014 12:59:03', '2014-11-28T12:59:03.000Z'],
    ['dd.MM.yy HH:mm', '31.01.24 10:20', '2024-01-31T10:20:00.000Z'],
    ['UNIX', '1700000000', '2023-11-14T22:13:20.000Z'],
  ] as const;
  for (const [format, text, iso] of table) {
    assert.equal(new Date(compileTimeFormat(format, utc)(text, NOW)).toISOString(), iso, format);
  }
  assert.ok(Number.isNaN(compileTimeFormat('%Y', utc)('20x4', NOW)));
  assert.throws(() => compileTimeFormat('%Q', utc), /no conversion/);
  assert.throws(() => compileTimeFormat('yyyy-bb', utc), /no field/);
});
