import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LogRules } from '#core/api/log-rules.ts';
import { RuledParser, readGeoDatabases } from './ruled-parser.ts';

const rulesOf = (...steps: object[]): LogRules => LogRules.parse({ rules: [{ name: 'r', steps }] });
const drop = rulesOf({ type: 'drop' });
const upper = rulesOf({ type: 'uppercase' });

test('rules are exchanged between two lines; those that cannot be leave the ones before in force', () => {
  const parser = new RuledParser(drop, undefined, assert.fail);
  assert.equal(parser.parse({ body: 'a' }, 0), undefined);
  assert.deepEqual(parser.counts().rules, [{ name: 'r', matched: 1, failed: 0, dropped: 1 }]);
  parser.set(upper);
  assert.equal(parser.parse({ body: 'a' }, 0)?.body, 'A');
  assert.throws(() => parser.set(rulesOf({ type: 'regex', pattern: '(' })), { code: 'bad_request' });
  assert.equal(parser.parse({ body: 'b' }, 0)?.body, 'B');
  assert.deepEqual(parser.counts().rules, [{ name: 'r', matched: 2, failed: 0, dropped: 0 }]);
});

test('a start with rules of which a part is broken has the rest of them, and tells', () => {
  const told: string[] = [];
  const rules = rulesOf({ type: 'geoip' }, { type: 'uppercase' });
  const parser = new RuledParser(rules, undefined, (message) => told.push(message));
  const record = parser.parse({ body: 'a' }, 0);
  assert.deepEqual([record?.body, record?.attributes], ['A', ['parse.error', 'r/geoip: the step is broken']]);
  assert.match(told.join(), /rule r: step 1 \(geoip\): .*ingest\.geoip/);
});

test('a GeoIP database that cannot be read is named', async () => {
  assert.equal(await readGeoDatabases([]), undefined);
  await assert.rejects(readGeoDatabases(['/nowhere/x.mmdb']), { code: 'bad_request', message: /\/nowhere\/x\.mmdb/ });
  await assert.rejects(readGeoDatabases([import.meta.filename]), { code: 'bad_request', message: /no MaxMind DB/ });
});
