import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sqlPlace } from './sql-scope.ts';

const TABLES = ['samples', 'series', 'logs'].map((name) => ({ name, help: '', columns: [] }));

/** `|` is the cursor. */
const CASES: readonly [text: string, expected: string][] = [
  ['sel|', 'samples series logs'],
  ['select | from logs', 'logs'],
  ['select v from sam|', 'tables'],
  ['select v from nocmate.|', 'tables'],
  ['select v from samples inner join |', 'tables'],
  ['select s.| from samples as s, series', 's. samples'],
  ['select s.la| from samples x join series s on x.id = s.id', 's. series'],
  ['select samples.| from samples', 's. samples'],
  ['select other.| from samples', 's. '],
  ["select 'from |", 'nothing'],
  ["select 'it''s' |", 'samples series logs'],
  ['select 1 -- from |', 'nothing'],
  ['select 1 -- a note\n from |', 'tables'],
  ['select /* from */ |', 'samples series logs'],
  ["select | where a = 'from logs'", 'samples series logs'],
];

for (const [text, expected] of CASES) {
  test(`at the cursor of ${JSON.stringify(text)}: ${expected}`, () => {
    const place = sqlPlace(text.replace('|', ''), text.indexOf('|'), TABLES);
    if (place.kind !== 'columns') return assert.equal(place.kind, expected);
    const names = place.tables.map(({ name }) => name).join(' ');
    assert.equal(place.isQualified ? `s. ${names}` : names, expected);
  });
}
