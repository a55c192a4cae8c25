import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Labels } from '#core/model/labels.ts';
import { mergedTable } from './merged-table.ts';

type Answer = readonly [query: number, labels: Labels, value: number];

const series = (...answers: readonly Answer[]) =>
  answers.map(([query, labels, value], index) => ({
    ...{ key: String(index), name: String(index), labels, query },
    values: Float64Array.of(value, Number.NaN),
  }));

const INFO: readonly Answer[] = [
  [0, { __name__: 'info', pod: 'a', node: 'n1' }, 1],
  [0, { __name__: 'info', pod: 'b', node: 'n2' }, 1],
];

test('queries are joined by the labels that all of them have', () => {
  const { fields, rows } = mergedTable(
    series(...INFO, [1, { pod: 'a' }, 5], [2, { pod: 'b' }, 7], [1, { pod: 'c' }, 9]),
  );
  assert.deepEqual(
    fields.map(({ name, kind }) => `${name} ${kind}`),
    ['node text', 'pod text', 'A number', 'B number', 'C number'],
  );
  assert.deepEqual(rows, [
    ['n1', 'a', 1, 5, Number.NaN],
    ['n2', 'b', 1, Number.NaN, 7],
    ['', 'c', Number.NaN, 9, Number.NaN],
  ]);
});

test('what a query has once is beside every row of the one that has most', () => {
  const ports: readonly Answer[] = ['1', '2'].map((port) => [1, { host: 'a', port }, Number(port)]);
  const up: Answer = [0, { host: 'a' }, 1];
  assert.deepEqual(mergedTable(series(up, ...ports)).rows, [
    ['a', '1', 1, 1],
    ['a', '2', 1, 2],
  ]);
});

test('each query is joined by what it shares with those that have more labels', () => {
  const ports = (query: number): Answer[] =>
    ['1', '2'].map((port) => [query, { host: 'a', port }, query * 10 + Number(port)]);
  assert.deepEqual(mergedTable(series([0, { host: 'a' }, 7], ...ports(1), ...ports(2), [3, {}, 9])).rows, [
    ['a', '1', 7, 11, 21, Number.NaN],
    ['a', '2', 7, 12, 22, Number.NaN],
    ['', '', Number.NaN, Number.NaN, Number.NaN, 9],
  ]);
});

test('one query alone has a row for each of its series; by a label only those that have it', () => {
  assert.equal(mergedTable(series(...INFO)).rows.length, 2);
  const { fields, rows } = mergedTable(series(...INFO, [1, { pod: 'a', zone: 'z' }, 3], [1, { zone: 'z' }, 4]), 'pod');
  assert.deepEqual(
    fields.map(({ name }) => name),
    ['pod', 'node', 'zone', 'A', 'B'],
  );
  assert.deepEqual(rows, [
    ['a', 'n1', 'z', 1, 3],
    ['b', 'n2', '', 1, Number.NaN],
  ]);
});
