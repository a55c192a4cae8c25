import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fillQuery } from './fill-query.ts';

const values = { host: ['a.b', 'c'], one: 'web-1', all: [] };

test('several values are written as the language says them', () => {
  const cases = [
    ['promql', 'up{host=~"$host"}', 'up{host=~"(a\\.b|c)"}'],
    ['promql', 'up{host="$one"} $__interval $other', 'up{host="web-1"} $__interval $other'],
    ['promql', 'up{host=~"$all"}', 'up{host=~".*"}'],
    ['graphite', 'servers.$host.load', 'servers.{a.b,c}.load'],
    ['graphite', 'servers.[[all]].load', 'servers.*.load'],
    ['logs', 'host:$host user:$one | stats count()', 'host:("a.b" OR "c") user:web-1 | stats count()'],
    ['logs', 'host:"$one" "of ${one} there" host:$all $other', 'host:"web-1" "of web-1 there" host:* $other'],
    ['sql', 'host IN ($host)', "host IN ('a.b','c')"],
    ['metrics', 'up{host="$host"}', 'up{host=~"(a\\\\.b|c)"}'],
  ] as const;
  for (const [language, text, wanted] of cases) assert.equal(fillQuery({ language, text }, values), wanted);
});

test('a format of its own goes before that of the language', () => {
  const formats = { regex: '(a\\.b|c)', pipe: 'a.b|c', csv: 'a.b,c', glob: '{a.b,c}', raw: 'a.b,c' };
  for (const [format, wanted] of Object.entries(formats)) {
    for (const language of ['promql', 'graphite', 'sql'] as const) {
      assert.equal(fillQuery({ language, text: 'x ${host:FORMAT}'.replace('FORMAT', format) }, values), `x ${wanted}`);
    }
  }
  assert.equal(
    fillQuery({ language: 'promql', text: '${host:doublequote} ${host:singlequote}' }, values),
    `"a.b","c" 'a.b','c'`,
  );
});
