import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Panel, Variable } from '#core/api/dashboard.ts';
import { chosenValues, fillPanel } from './variables.ts';

const host = Variable.parse({ name: 'host', kind: 'label', label: 'host' });

test('the URL wins over the default, the default over the first offered', () => {
  const offered = { host: ['a', 'b'] };
  assert.deepEqual(chosenValues([host], { 'var-host': 'z' }, offered), { host: 'z' });
  assert.deepEqual(chosenValues([{ ...host, value: 'd' }], {}, offered), { host: 'd' });
  assert.deepEqual(chosenValues([host], {}, offered), { host: 'a' });
  assert.deepEqual(chosenValues([host], {}, {}), { host: '' });
});

test('a panel is filled in its queries, title and text', () => {
  const panel = Panel.parse({
    id: 'p',
    type: 'text',
    title: 'Load of $host',
    place: { x: 0, y: 0, w: 1, h: 1 },
    queries: [{ text: 'load{host="$host"}' }],
    options: { markdown: 'On ${host}, $unknown' },
  });
  const filled = fillPanel(panel, { host: 'web"1' });
  assert.equal(filled.title, 'Load of web"1');
  assert.equal(filled.queries[0]?.text, 'load{host="web\\"1"}');
  assert.equal(filled.options['markdown'], 'On web"1, $unknown');
});

test('the search of a log panel is filled as a log query', () => {
  const place = { x: 0, y: 0, w: 1, h: 1 };
  const panel = Panel.parse({ id: 'p', type: 'logs', place, options: { query: 'level:error host:$host' } });
  assert.equal(fillPanel(panel, { host: ['a b', 'c'] }).options['query'], 'level:error host:("a b" OR "c")');
  const other = Panel.parse({ ...panel, type: 'text' });
  assert.equal(fillPanel(other, { host: 'x' }).options['query'], 'level:error host:$host');
});

test('links and overrides are filled, each in its own way', () => {
  const panel = Panel.parse({
    id: 'p',
    type: 'timeseries',
    place: { x: 0, y: 0, w: 1, h: 1 },
    links: [
      { title: 'On $host', url: 'https://x/$host?${job:queryparam}&from=${__from}' },
      { url: '/dashboards/d?${__all_variables}' },
    ],
    overrides: [
      { by: 'name', of: 'in of $job', look: { name: '{{port}} of $job' } },
      { by: 'regex', of: '^$host$', look: { hidden: true } },
    ],
  });
  const { links, overrides } = fillPanel(panel, { host: ['a.b', 'c d'], job: 'x&y' });
  assert.deepEqual(
    links?.map(({ title, url }) => [title, url]),
    [
      ['On a.b, c d', 'https://x/a.b%2Cc%20d?var-job=x%26y&from=${__from}'],
      ['', '/dashboards/d?var-host=a.b%2Cc%20d&var-job=x%26y'],
    ],
  );
  assert.deepEqual(
    overrides?.map(({ of, look }) => [of, look.name]),
    [
      ['in of x&y', '{{port}} of x&y'],
      ['^(a\\.b|c d)$', undefined],
    ],
  );
});
