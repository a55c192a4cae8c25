import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LogRules } from '#core/api/log-rules.ts';
import { createLogParser } from '#parsing/create-log-parser.ts';
import { pairsOf } from '#parsing/log-draft.ts';
import { geoLookup } from './geo-databases.ts';
import { openMmdb } from './mmdb.ts';
import { MmdbData } from './mmdb-data.ts';
import { writeMmdb } from './testing/write-mmdb.ts';

const LONDON = {
  city: { names: { en: 'London', de: 'London' } },
  country: { iso_code: 'GB', names: { en: 'United Kingdom' } },
  continent: { code: 'EU' },
  location: { latitude: 51.5142, longitude: -0.0931, time_zone: 'Europe/London' },
  subdivisions: [{ iso_code: 'ENG', names: { en: 'England' } }],
};
const LONG = 'x'.repeat(400);

test('the narrowest network is found in trees of every width', () => {
  for (const bits of [24, 28, 32] as const) {
    for (const version of [4, 6]) {
      const lookup = openMmdb(writeMmdb({ '81.2.69.0/24': LONDON, '9.9.9.9/32': { note: LONG } }, bits, version));
      assert.deepEqual(lookup('81.2.69.143'), LONDON, `${bits} ${version}`);
      assert.deepEqual(lookup('9.9.9.9'), { note: LONG });
      for (const ip of ['81.2.70.1', '9.9.9.8', '2001:db8::1', 'no address', '999'])
        assert.equal(lookup(ip), undefined, ip);
    }
  }
});

test('values of every kind, pointers among them', () => {
  const read = (...bytes: number[]) => new MmdbData(Uint8Array.from(bytes)).read(0);
  assert.equal(read(0x20, 2, 0x41, 0x61), 'a');
  assert.equal(read(0x04, 0x01, 0xff, 0xff, 0xff, 0xfe), -2);
  assert.equal(read(0x02, 0x02, 0x01, 0x00), 256n);
  assert.equal(read(0x04, 0x08, 0x3f, 0x80, 0, 0), 1);
  assert.equal(read(0x01, 0x07), true);
  assert.deepEqual(read(0x02, 0x04, 0xa1, 7, 0xc1, 9), [7, 9]);
  assert.throws(() => read(0x48, 0x61), /beyond the file/);
  assert.throws(() => read(0x20, 0), /too deep/);
});

test('a rule adds the place of an address; several databases complete each other', () => {
  const network = { autonomous_system_number: 64_500, autonomous_system_organization: 'Example' };
  const geoip = geoLookup([writeMmdb({ '81.2.69.0/24': LONDON }), writeMmdb({ '81.0.0.0/8': network })]);
  const rules = LogRules.parse({
    rules: [
      {
        name: 'geo',
        steps: [
          { type: 'regex', pattern: '(?<ip>[\\d.]+)' },
          { type: 'geoip', field: 'ip', prefix: 'geo.' },
        ],
      },
    ],
  });
  const { attributes = [] } = createLogParser({ rules, geoip }).parse({ body: 'from 81.2.69.9' }, 0) ?? {};
  const fields = Object.fromEntries(pairsOf(attributes));
  assert.equal(fields['geo.city_name'], 'London');
  assert.equal(fields['geo.region_iso_code'], 'ENG');
  assert.equal(fields['geo.location'], '51.5142,-0.0931');
  assert.equal(fields['geo.asn'], '64500');
  assert.deepEqual(geoip('10.0.0.1'), undefined);
  assert.deepEqual(geoip('81.2.69.9'), geoip('81.2.69.9'));
});

test('what is no database is refused, and so are rules that need one where there is none', () => {
  assert.throws(() => openMmdb(Buffer.from('GIF89a')), /no MaxMind DB/);
  const rules = LogRules.parse({ rules: [{ name: 'geo', steps: [{ type: 'geoip' }] }] });
  assert.throws(() => createLogParser({ rules }), /rule geo: step 1 \(geoip\): .*ingest\.geoip/);
});
