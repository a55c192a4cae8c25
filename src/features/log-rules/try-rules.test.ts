import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LogRules } from '#core/api/log-rules.ts';
import { tryRules } from './try-rules.ts';

const NOW = Date.parse('2026-11-25T00:00:00Z');
const TOOLS = { zone: 'UTC', faults: [] };
const rules = LogRules.parse({
  rules: [
    { name: 'off', enabled: false, steps: [{ type: 'drop' }] },
    { name: 'nothing', match: { contains: 'a' }, steps: [] },
    {
      name: 'numbers',
      match: { service: 's' },
      steps: [
        { type: 'regex', pattern: 'n=(?<n>\\d+)' },
        { type: 'set', field: 'host', value: 'h%{n}' },
      ],
    },
    { name: 'drops', match: { contains: 'drop' }, steps: [{ type: 'drop' }, { type: 'trim' }] },
  ],
});

test('what rules do is summed up for each rule and step, and shown for each line', () => {
  const lines = ['a n=1', 'a none', 'drop n=2'].map((body) => ({ body, service: 's' }));
  const tried = tryRules({ rules, lines, recognise: true, now: NOW }, TOOLS);
  assert.deepEqual([tried.total, tried.dropped, tried.isCut], [3, 1, false]);
  assert.deepEqual(
    tried.rules.map(({ matched, failed, dropped, steps }) => [matched, failed, dropped, steps.map(({ runs }) => runs)]),
    [
      [0, 0, 0, [0]],
      [2, 0, 0, []],
      [3, 1, 0, [3, 3]],
      [1, 0, 1, [1, 0]],
    ],
  );
  const [first, second, third] = tried.lines;
  assert.deepEqual(first?.steps[0]?.changes, [{ name: 'n', before: undefined, after: '1' }]);
  assert.deepEqual(first?.steps[1]?.changes, [{ name: 'host', before: '', after: 'h1' }]);
  assert.equal(second?.steps[0]?.reason, 'no match');
  assert.equal(second?.after.fields['parse.error'], 'numbers/regex: no match');
  assert.deepEqual([third?.isDropped, third?.after], [true, { body: '', fields: {} }]);
});

test('what was recognised before the rules is told; stored lines are not recognised again', () => {
  const lines = [{ body: 'level=warn msg="hello n=7" service=x', service: 's' }];
  const [pasted] = tryRules({ rules, lines, recognise: true, now: NOW }, TOOLS).lines;
  assert.equal(pasted?.format, 'logfmt');
  assert.deepEqual(pasted?.recognised.find(({ name }) => name === 'body')?.after, 'hello n=7');
  const [stored] = tryRules({ rules, lines, recognise: false, now: NOW }, TOOLS).lines;
  assert.deepEqual([stored?.format, stored?.recognised], ['', []]);
});

test('an answer is small, however large the lines are', () => {
  const lines = Array.from({ length: 100 }, (_, i) => ({ body: `drop ${'x'.repeat(60_000)} ${i}`, service: 's' }));
  const tried = tryRules({ rules, lines, recognise: true, now: NOW }, TOOLS);
  assert.ok(tried.total > 0 && tried.lines.length > 0);
  assert.ok(JSON.stringify(tried).length < 1_100_000);
});
