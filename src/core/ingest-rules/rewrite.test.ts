import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RewriteRule } from '../api/ingest-rules.ts';
import { compileMatchers } from '../metric-query/compile-matchers.ts';
import { parseMetricQuery } from '../metric-query/parse.ts';
import { readBlacklistConf } from './blacklist-conf.ts';
import { compileRewrite, compileRewrites } from './rewrite.ts';
import { printRewriteConf, readRewriteConf } from './rewrite-conf.ts';

test('matches become the replacement, with groups as Python has them', () => {
  const cases: [pattern: string, replacement: string, name: string, expected: string][] = [
    ['^collectd\\.([a-z0-9]+)\\.', '\\1.system.', 'collectd.web1.cpu', 'web1.system.cpu'],
    ['(?P<host>web\\d)', 'h_\\g<host>', 'a.web1.web2', 'a.h_web1.h_web2'],
    ['\\.sum$', '', 'a.b.sum', 'a.b'],
    ['(a)|(b)', '[\\2]', 'ab', '[][b]'],
    ['x', '\\\\', 'axb', 'a\\b'],
    ['nothing', 'y', 'a.b', 'a.b'],
    ['^a', 'aa', 'a.a', 'aa.a'],
  ];
  for (const [pattern, replacement, name, expected] of cases) {
    assert.equal(compileRewrite({ pattern, replacement })(name), expected, pattern);
  }
  for (const [pattern, replacement] of [
    ['(', ''],
    ['(?=a)', ''],
    ['a', '\\1'],
    ['(?P<a>x)', '\\g<b>'],
  ] as const) {
    assert.throws(() => compileRewrite({ pattern, replacement }), { code: 'bad_request' });
  }
});

test('rules of a stage come one after the other; those that are off are left out', () => {
  const rule = (stage: 'pre' | 'post', pattern: string, replacement: string, isEnabled = true) =>
    RewriteRule.parse({ stage, pattern, replacement, isEnabled });
  const rules = [rule('pre', 'a', 'b'), rule('post', 'b', 'x'), rule('pre', 'b', 'c'), rule('pre', 'c', 'd', false)];
  assert.equal(compileRewrites(rules, 'pre')('a.b'), 'c.c');
  assert.equal(compileRewrites(rules, 'post')('a.b'), 'a.x');
});

test('a file with sections is read and printed; what is no rule is told by line', () => {
  const text = '# comment\n[PRE]\n^a = b\n\\.x=y = z\n[post]\n_sum$ =\n';
  const { rules, faults } = readRewriteConf(text);
  assert.deepEqual(faults, []);
  assert.deepEqual(
    rules.map(({ stage, pattern, replacement }) => [stage, pattern, replacement]),
    [
      ['pre', '^a', 'b'],
      ['pre', '\\.x', 'y = z'],
      ['post', '_sum$', ''],
    ],
  );
  assert.deepEqual(readRewriteConf(printRewriteConf(rules)).rules, rules);
  const bad = readRewriteConf('a = b\n[mid]\n[pre]\nnothing\n(?!x) = y\na = \\1').faults;
  assert.deepEqual(
    bad.map(({ line }) => line),
    [1, 2, 4, 5, 6],
  );
});

test('a blacklist becomes drop rules that name what its patterns are found in', () => {
  const { rules, faults } = readBlacklistConf('^stats_counts\\.\n# x\n\\.upper_90$\ncpu|mem\n(\n^a$\nend\\$');
  assert.deepEqual(
    faults.map(({ line }) => line),
    [5],
  );
  const isDropped = (name: string): boolean[] =>
    rules.map(({ selector }) => compileMatchers(parseMetricQuery(selector).matchers)({ __name__: name }));
  assert.deepEqual(isDropped('stats_counts.a'), [true, false, false, false, false]);
  assert.deepEqual(isDropped('x.stats_counts.cpu.upper_90'), [false, true, true, false, false]);
  assert.deepEqual(isDropped('a'), [false, false, false, true, false]);
  assert.deepEqual(isDropped('send$x'), [false, false, false, false, true]);
});
