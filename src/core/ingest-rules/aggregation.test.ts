import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AggregationRule } from '../api/ingest-rules.ts';
import { printAggregationConf, readAggregationConf } from './aggregation-conf.ts';
import { compileAggregation } from './aggregation-pattern.ts';

const rule = (output: string, input: string): AggregationRule =>
  AggregationRule.parse({ output, input, frequency: 60, method: 'sum' });

test('fields of the input stand in the output, as carbon-aggregator has them', () => {
  const cases: [output: string, input: string, path: string, expected: string | undefined][] = [
    [
      '<env>.all.<app>.requests',
      '<env>.apps.<app>.*.requests',
      'prod.apps.web.host1.requests',
      'prod.all.web.requests',
    ],
    ['<env>.all.<app>.requests', '<env>.apps.<app>.*.requests', 'prod.apps.web.requests', undefined],
    ['all.<<rest>>', 'hosts.*.<<rest>>', 'hosts.a.cpu.0.user', 'all.cpu.0.user'],
    ['sum.<x>', 'a.pre<x>post', 'a.pre-1-post', 'sum.-1-'],
    ['sum', 'a+b.*', 'aab.c', undefined],
    ['sum', 'a+b.*', 'a+b.c', 'sum'],
    ['sum;env=<e>', '<e>.x', 'prod.x', 'sum;env=prod'],
  ];
  for (const [output, input, path, expected] of cases) {
    assert.equal(compileAggregation(rule(output, input))(path), expected, `${input} ${path}`);
  }
});

test('an output cannot name what the input does not take', () => {
  const refused = { code: 'bad_request', message: /names <app>, which/ };
  assert.throws(() => compileAggregation(rule('x.<app>', '<env>.y')), refused);
});

test('a file of rules is read and printed; what is no rule is told by line', () => {
  const text = '# comment\n\n<a>.all (60) = sum <a>.*\nx.y (10) = p95 z.*\n';
  const { rules, faults } = readAggregationConf(text);
  assert.deepEqual(faults, []);
  assert.deepEqual(
    rules.map(({ output, frequency, method, input }) => [output, frequency, method, input]),
    [
      ['<a>.all', 60, 'sum', '<a>.*'],
      ['x.y', 10, 'p95', 'z.*'],
    ],
  );
  assert.deepEqual(readAggregationConf(printAggregationConf(rules)).rules, rules);
  const bad = readAggregationConf('nonsense\nx (60) = product y\nx (0) = sum y\n<q> (1) = sum y').faults;
  assert.deepEqual(
    bad.map(({ line }) => line),
    [1, 2, 3, 4],
  );
  assert.match(bad[1]?.problem ?? '', /"product" is none of sum, avg/);
});
