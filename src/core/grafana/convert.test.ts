import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { Dashboard } from '#core/api/dashboard.ts';
import { AppError } from '#core/errors.ts';
import { convertGrafanaDashboard, isGrafanaDashboard, reportMarkdown } from './index.ts';

const CASES = new URL('cases/', import.meta.url);
const read = (name: string): unknown => JSON.parse(readFileSync(new URL(name, CASES), 'utf8'));
const DAMAGES = ['null', '{}', '[1]', '"x"', '-1e300', '{"toString":1}', '[[]]'];
const names = readdirSync(CASES).flatMap((file) => /^(\w+)\.json$/.exec(file)?.[1] ?? []);

for (const name of names) {
  test(`${name} becomes the recorded dashboard and report`, () => {
    const source = read(`${name}.json`);
    assert.ok(isGrafanaDashboard(source));
    const converted = convertGrafanaDashboard(source);
    assert.deepEqual(JSON.parse(JSON.stringify(converted)), read(`${name}.expected.json`));
    assert.deepEqual(Dashboard.parse(converted.dashboard), converted.dashboard);
  });
}

test('a resource, an API answer and the bare dashboard are the same dashboard', () => {
  const bare = read('host.json') as Record<string, unknown>;
  const { dashboard } = convertGrafanaDashboard(bare);
  assert.deepEqual(convertGrafanaDashboard({ dashboard: bare, meta: { slug: 'x' } }).dashboard, dashboard);
  const resource = { apiVersion: 'dashboard.grafana.app/v1beta1', kind: 'Dashboard', metadata: {}, spec: bare };
  const converted = convertGrafanaDashboard(resource);
  assert.deepEqual(converted.dashboard, dashboard);
  assert.equal(converted.report.format, 'V1 resource (schemaVersion 39)');
});

test('what is no Grafana dashboard is refused with a sentence that says why', () => {
  const ours = Dashboard.parse({
    title: 'Ours',
    panels: [{ id: 'a', type: 'text', place: { x: 0, y: 0, w: 1, h: 1 } }],
  });
  const cases: readonly (readonly [json: unknown, why: RegExp])[] = [
    [null, /no JSON object/],
    [[1], /no JSON object/],
    [{ a: 1 }, /neither panels, nor rows/],
    [{ type: 'graph', targets: [] }, /a single panel/],
    [{ model: {}, uid: 'x' }, /a library panel/],
    [{ kind: 'Playlist', apiVersion: 'v1' }, /its kind is Playlist/],
    [ours, /neither panels, nor rows/],
    [{ schemaVersion: 1, title: 'Ours, by hand', panels: [] }, /neither panels, nor rows/],
  ];
  for (const [json, why] of cases) {
    assert.equal(isGrafanaDashboard(json), false);
    assert.throws(
      () => convertGrafanaDashboard(json),
      (error) => error instanceof AppError && error.code === 'bad_request' && why.test(error.message),
    );
  }
});

test('JSON that is nested without end is refused', () => {
  let deep: unknown = {};
  for (let i = 0; i < 20_000; i++) deep = { panels: [deep] };
  assert.throws(() => convertGrafanaDashboard(deep), AppError);
});

test('more panels than a dashboard holds are counted', () => {
  const panels = Array.from({ length: 501 }, (_, id) => ({ id, type: 'text', options: { content: 'x' } }));
  const { dashboard, report } = convertGrafanaDashboard({ title: 'Many', schemaVersion: 39, panels });
  assert.equal(dashboard.panels.length, 500);
  assert.ok(report.notes.some(({ what, how }) => what === 'panels' && how === 'the first 500 of 501'));
});

test('any JSON is converted or refused, never anything else', () => {
  const names = [
    'panels',
    'rows',
    'targets',
    'type',
    'expr',
    'fieldConfig',
    'defaults',
    'overrides',
    'options',
    'templating',
    'list',
    'spec',
    'elements',
    'layout',
    'kind',
    'title',
    'gridPos',
    'toString',
    '__proto__',
    'dashboard',
    'thresholds',
    'steps',
    'repeat',
    'unit',
    'min',
    'links',
  ];
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 6 },
      fc.jsonValue({ maxDepth: 2 }),
      fc.constantFrom(
        'graph',
        'timeseries',
        'row',
        'stat',
        'table',
        'query',
        'custom',
        'GridLayout',
        'Dashboard',
        '${a:b}',
        1e308,
        -1,
      ),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom(...names), tie('value'), { maxKeys: 8 }),
    ),
  }));
  fc.assert(
    fc.property(fc.array(value, { maxLength: 3 }), value, (panels, other) => {
      for (const json of [
        other,
        { schemaVersion: 30, panels, templating: { list: panels } },
        { rows: panels, title: other },
      ]) {
        attempt(json);
      }
    }),
    { numRuns: 500 },
  );
});

test('damage anywhere in a dashboard is converted or refused, and the result is valid', () => {
  for (const name of names) {
    const whole = JSON.stringify(read(`${name}.json`));
    const tokens = whole.matchAll(/"(?:[^"\\]|\\.)*":?|-?\d+(?:\.\d+)?|true|false|null/g);
    const places = [...tokens].filter(([token]) => !token.endsWith(':'));
    assert.ok(places.length > 50);
    places.forEach(({ index, 0: old }, at) => {
      const damage = DAMAGES[at % DAMAGES.length] as string;
      attempt(JSON.parse(whole.slice(0, index) + damage + whole.slice(index + old.length)));
    });
  }
});

test('the report can be read as Markdown', () => {
  const text = reportMarkdown(convertGrafanaDashboard(read('rows.json')).report);
  assert.match(text, /^# Import of “Graphite carbon”\n/);
  assert.match(text, /6 panels: 3 kept, 3 approximated, 0 unsupported/);
  assert.match(
    text,
    /## Points: approximated\n\nPanel type: graph\.\n\n- \*\*approximated\*\* axis: logarithmic: drawn linear\n/,
  );
});

function attempt(json: unknown): void {
  try {
    const { dashboard, report } = convertGrafanaDashboard(json);
    assert.deepEqual(Dashboard.parse(dashboard), dashboard);
    assert.equal(report.panels.length, dashboard.panels.length);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
  }
}
