import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { StoredTarget, TriedCollection } from '#core/api/collectors.ts';
import { previewOf } from './preview.ts';
import { draftOf, NEW_DRAFT, type QueryDraft, requestOf, rolesOf, withRole } from './query-draft.ts';

const TABLE = {
  columns: ['region', 'waiting', 'newest', 'oldest'],
  rows: [
    ['eu', '3', '2026-01-02 11:59:00', '2026-01-01'],
    ['us', null, '2026-01-02 11:00:00+00', '2026-01-01'],
  ],
  isCut: false,
} as const;

test('columns are guessed by how their values look, and stay as they were chosen', () => {
  const roles = rolesOf(TABLE, {});
  assert.deepEqual(roles, { region: 'label', waiting: 'value', newest: 'time', oldest: 'none' });
  const known = rolesOf(TABLE, { waiting: 'counter', oldest: 'time', gone: 'label' });
  assert.deepEqual(known, { region: 'label', waiting: 'counter', newest: 'none', oldest: 'time' });
  assert.deepEqual(withRole(roles, 'oldest', 'time'), { ...roles, newest: 'none', oldest: 'time' });
});

const STORED: StoredTarget = {
  ...{ id: 'a1', collector: 'sql', target: 'shop on db-1:5432', origin: 'page', secretsSet: ['password'] },
  ...{ interval: '5m', timeout: '9s', labels: { env: 'prod' }, enabled: false, updatedAt: 0, updatedBy: 'ops' },
  options: {
    ...{ name: 'shop', database: 'mysql', address: 'db-1', schema: 'shop', username: 'reader', tls: true },
    ...{ query: 'SELECT 1', parameters: ['a', 7], maxRows: 50, tlsServerName: 'db', freshFor: '15m' },
    ...{ valueColumns: ['waiting'], counterColumns: [], labelColumns: ['region'], timeColumn: 'newest' },
  },
};

test('a stored query comes back as it was, also what the page has no field for', () => {
  const { collector, options, interval, timeout, labels, enabled } = STORED;
  const draft = draftOf(STORED);
  assert.equal(draft.hasPassword, true);
  const parameters = ['a', '7'];
  assert.deepEqual(requestOf(draft), {
    ...{ collector, interval, timeout, labels, enabled, secrets: {} },
    options: { ...options, parameters },
  });
  const { freshFor: _fresh, valueColumns: _v, counterColumns: _c, labelColumns: _l, timeColumn: _t, ...rest } = options;
  assert.deepEqual(requestOf(draft, false).options, { ...rest, parameters });
  assert.deepEqual(requestOf({ ...draft, password: 'new' }).secrets, { password: 'new' });
});

test('the series of a run follow the columns that are chosen', () => {
  const tried: TriedCollection = { isOk: true, target: 'q', durationMs: 3, series: [], problems: [], table: TABLE };
  const now = Date.UTC(2026, 0, 2, 12);
  const draft: QueryDraft = { ...NEW_DRAFT, name: 'shop', freshFor: '15m', roles: rolesOf(TABLE, {}) };
  const { series, problems } = previewOf(draft, tried, now);
  assert.deepEqual(
    series.map(({ metric, labels, value, unit }) => [metric, labels['region'] ?? '', value, unit]),
    [
      ['shop_waiting', 'eu', 3, ''],
      ['shop_newest_age_seconds', 'eu', 60, 'seconds'],
      ['shop_newest_age_seconds', 'us', 3_600, 'seconds'],
      ['sql_rows', '', 2, ''],
      ['sql_fresh', '', 1, ''],
    ],
  );
  assert.deepEqual(problems, []);
  const without = previewOf({ ...draft, roles: withRole(draft.roles, 'region', 'none') }, tried, now);
  assert.match(without.problems[0] ?? '', /rows 1 and 2 have the same labels/);
  const missing = previewOf({ ...draft, roles: { gone: 'value' } }, tried, now);
  assert.deepEqual(
    [missing.isOk, missing.problems],
    [false, [`the answer has no column gone; it has ${TABLE.columns.join(', ')}`]],
  );
});
