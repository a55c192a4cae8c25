import assert from 'node:assert/strict';
import { test } from 'node:test';
import { logsAround, logsOfChart, logsOfHosts } from './logs-link.ts';

test('the lines of some hosts are asked for, each once; of none or many, those of all', () => {
  assert.equal(logsOfHosts(['web-1', 'web-1']), 'host:web-1');
  assert.equal(logsOfHosts(['a', 'b c']), 'host:a OR host:"b c"');
  assert.equal(logsOfHosts([]), '');
  assert.equal(logsOfHosts(Array.from({ length: 9 }, (_, index) => `h${index}`)), '');
});

test('a chart means the hosts of its series, else those that its queries choose, else all', () => {
  const mixed = [{ labels: { host: 'a' } }, { labels: {} }];
  assert.equal(logsOfChart([{ labels: { host: 'a' } }, { labels: { host: 'a', x: '1' } }], ['up']), 'host:a');
  assert.equal(logsOfChart(mixed, ['sum(x{host="b"})', 'y{a="1", host = "b"}']), 'host:b');
  assert.equal(logsOfChart(mixed, ['x{host="b"}', 'y{host!="b"}']), '');
  assert.equal(logsOfChart([], ['x{host=~"b.*"}']), '');
});

test('around a time are five minutes before and after it', () => {
  assert.deepEqual(logsAround(1_000_000, ['a']), { from: '700000', to: '1300000', q: 'host:a' });
  assert.deepEqual(logsAround(1_000, ['']), { from: '0', to: '301000', q: undefined });
});
