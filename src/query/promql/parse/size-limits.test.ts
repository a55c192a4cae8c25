import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readPattern } from './regex-matcher.ts';
import { sizeProblem } from './size-limits.ts';

const TOO_MUCH: readonly [text: string, at: number, reason: RegExp][] = [
  ['1'.repeat(65_537), 0, /longer than 65536 characters/],
  [`${'('.repeat(1_001)}1`, 1_000, /deeper than 1000/],
  [`sum(${'-'.repeat(2_000)}1)`, 1_004, /deeper than 1000/],
  [`1${' + 1'.repeat(10_001)}`, 40_002, /more than 10000 operators and brackets/],
];

for (const [text, at, reason] of TOO_MUCH) {
  test(`${text.slice(0, 10)}… of ${text.length} characters is too much`, () => {
    const problem = sizeProblem(text);
    assert.equal(problem?.at, at);
    assert.match(problem?.reason ?? '', reason);
  });
}

test('what stands in texts and comments does not count', () => {
  const brackets = '('.repeat(20_000);
  assert.equal(sizeProblem(`{a="${brackets}", b='${brackets}'} # ${brackets}`), undefined);
  assert.equal(sizeProblem(`${'('.repeat(1_000)}1${')'.repeat(1_000)}`), undefined);
});

test('a list of words is not compiled, however long; another pattern has a limit', () => {
  const hosts = Array.from({ length: 3_000 }, (_, i) => `web-${i}.example:9100`).join('|');
  assert.ok(hosts.length > 50_000);
  assert.deepEqual(readPattern(hosts), { matchesEmpty: false });
  assert.deepEqual(readPattern(`${hosts}|`), { matchesEmpty: true });
  assert.deepEqual(readPattern('.*'), { matchesEmpty: true });
  assert.deepEqual(readPattern('a.c'), { matchesEmpty: false });
  assert.match(JSON.stringify(readPattern('(a|b)'.repeat(4_000))), /longer than 16384/);
  assert.match(JSON.stringify(readPattern('(a')), /error parsing regexp/);
});
