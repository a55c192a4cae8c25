import assert from 'node:assert/strict';
import { test } from 'node:test';
import { translate } from './translate.ts';

test('a question is asked in another language where it can be', () => {
  const cases = [
    ['metrics', 'promql', 'up{host="a"}', 'up{host="a"}'],
    [
      'metrics',
      'promql',
      'sum by (mode) (rate(cpu_total{host="a"}))',
      'sum by (mode) (rate(cpu_total{host="a"}[$__rate_interval]))',
    ],
    ['metrics', 'promql', 'increase(x_total)', 'increase(x_total[$__interval])'],
    ['metrics', 'promql', 'servers.web1.load', '{"servers.web1.load"}'],
    ['metrics', 'graphite', 'servers.*.load', 'servers.*.load'],
    ['graphite', 'promql', 'servers.*.{a,b}', '{__name__=~"servers\\\\.[^.]*\\\\.(?:a|b)"}'],
    ['graphite', 'metrics', 'servers.web1.load', 'servers.web1.load'],
    ['promql', 'graphite', '{"a.b.c"}', 'a.b.c'],
    ['graphite', 'promql', 'sumSeries(a.*)', undefined],
    ['promql', 'graphite', 'up', undefined],
    ['metrics', 'graphite', 'up', undefined],
    ['metrics', 'promql', 'sum(', undefined],
    ['metrics', 'sql', 'up', undefined],
  ] as const;
  for (const [from, to, text, wanted] of cases)
    assert.equal(translate(text, from, to), wanted, `${from} ${to} ${text}`);
});
