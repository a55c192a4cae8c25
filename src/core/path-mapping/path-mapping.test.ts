import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { MappingRule } from '../api/mapping.ts';
import { compileMapping } from './path-mapping.ts';

const rule = (match: string, rest: Partial<MappingRule> = {}): MappingRule =>
  MappingRule.parse({ match, name: 'n', ...rest });
const cpu = rule('servers.*.cpu.*.*', { name: 'cpu_$3', labels: { host: '$1', cpu: '${2}', fixed: 'x$$1' } });

test('stars of a glob become name and labels', () => {
  assert.deepEqual(compileMapping([cpu])('servers.web-1.cpu.0.user'), {
    action: 'map',
    rule: 0,
    labels: { __name__: 'cpu_user', host: 'web-1', cpu: '0', fixed: 'x$web-1' },
  });
  for (const path of ['servers.a.cpu.0', 'servers.a.cpu.0.user.x', 'other.a.cpu.0.user', 'servers..cpu']) {
    assert.equal(compileMapping([cpu])(path), undefined, path);
  }
});

test('the first enabled rule counts, globs and regexes mixed', () => {
  const rules = [
    rule('a.off', { isEnabled: false }),
    rule('a.*.c', { action: 'drop' }),
    rule('a\\.(\\w+)\\.(c|d)', { matchType: 'regex', name: 'r_$2', labels: { x: '$1' } }),
    rule('a.b.*', { action: 'keep' }),
    rule('a.*.*', { name: 'late' }),
  ];
  const at = compileMapping(rules);
  const cases: [string, number | undefined][] = [
    ['a.b.c', 1],
    ['a.b.d', 2],
    ['a.b.e', 3],
    ['a.z.e', 4],
    ['a.off', undefined],
  ];
  for (const [path, expected] of cases) assert.equal(at(path)?.rule, expected, path);
  assert.deepEqual(at('a.q.d'), { action: 'map', rule: 2, labels: { __name__: 'r_d', x: 'q' } });
});

test('parts of a node are taken as well', () => {
  const at = compileMapping([rule('eth*.x*y*z', { name: 'if_$1_$2_$3' })]);
  assert.deepEqual(at('eth0.x1y2z'), { action: 'map', rule: 0, labels: { __name__: 'if_0_1_2' } });
  assert.equal(at('eth0.xz'), undefined);
  assert.equal(compileMapping([rule('aba*aba')])('aba'), undefined, 'prefix and suffix do not overlap');
});

test('a rule that cannot work says which one it is and why', () => {
  const wrong: [MappingRule, RegExp][] = [
    [rule('(', { matchType: 'regex' }), /rule 2: "\(" is no RE2 expression/],
    [rule('a.*', { name: '' }), /maps to no name/],
    [rule('a.*', { name: '$2' }), /"\$2" names \$2, but only 1/],
    [rule('a..b'), /empty node/],
  ];
  for (const [bad, message] of wrong) {
    assert.throws(() => compileMapping([cpu, bad]), { code: 'bad_request', message, details: { rule: 1 } });
  }
});

test('an empty label vanishes; an empty name leaves the path as it is', () => {
  const at = compileMapping([rule('a(.*)', { matchType: 'regex', name: '$1', labels: { x: '$1' } })]);
  assert.deepEqual(at('a'), { action: 'keep', rule: 0 });
});

test('the trie finds what trying one glob after the other finds', () => {
  const node = fc.constantFrom('a', 'b', '*', 'a*', '*b');
  const glob = fc.array(node, { minLength: 1, maxLength: 4 }).map((nodes) => nodes.join('.'));
  const path = fc.array(fc.constantFrom('a', 'b', 'ab', 'c'), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(fc.array(glob, { maxLength: 12 }), path, (globs, nodes) => {
      const rules = globs.map((match) => rule(match));
      const single = rules.map((one) => compileMapping([one]));
      const first = single.findIndex((at) => at(nodes.join('.')) !== undefined);
      assert.equal(compileMapping(rules)(nodes.join('.'))?.rule ?? -1, first);
    }),
  );
});

test('a hostile rule takes linear time: the work for a path of many stars stays small', () => {
  const at = compileMapping([rule('*a*a*a*a*a*a*a*a*a*b'), rule('(a+)+b', { matchType: 'regex' })]);
  assert.equal(at('a'.repeat(8_000)), undefined);
});
