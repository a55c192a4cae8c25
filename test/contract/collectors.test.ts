import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { Dashboard } from '#core/api/dashboard.ts';
import { parseMetricQuery } from '#core/metric-query/parse.ts';
import type { AlertRule } from '#core/plugin/alert-rule.ts';
import type { CollectedState, CollectedValue, Collection, CollectorPlugin } from '#core/plugin/collector.ts';
import type { MetricDefinition, MetricTable } from '#core/plugin/metric.ts';
import { parseDuration } from '#core/units/duration.ts';
import { createPromEngine } from '#query/promql/engine.ts';
import type { PromSource } from '#query/promql/source.ts';
import { walk } from '#query/promql/walk.ts';
import { COLLECTOR_METRICS } from '#work/own-series.ts';

/** Golden cases may say which series their options name. */
type ParsedCollection = Collection & { readonly ownMetrics?: MetricTable };
type Parsed = readonly CollectedValue[] | ParsedCollection;
type Parsers = Readonly<Record<string, (text: string) => Parsed>>;

const ROOT = join(import.meta.dirname, '..', '..');
const FOLDER = join(ROOT, 'src', 'plugins', 'collectors');
const UNITS = ['seconds', 'bytes', 'ratio', 'celsius', 'volts', 'watts', 'bytes_per_second', 'rpm'];
const OPTION_TYPES = ['string', 'number', 'integer', 'boolean', 'array'];
const STANDARD_LABELS = ['host', 'service', 'instance', 'zone'];
const PANELS = ['timeseries', 'stat', 'gauge', 'table', 'text'];

const ids = readdirSync(FOLDER);
/** Parses; there is nothing to ask. */
const engine = createPromEngine({} as PromSource);

async function load(id: string): Promise<CollectorPlugin> {
  const module = (await import(pathToFileURL(join(FOLDER, id, 'index.ts')).href)) as { default: CollectorPlugin };
  return module.default;
}

test('the scan sees the collectors', () => assert.ok(ids.includes('host')));

test('the pages of docs/plugins are up to date', () => {
  const check = spawnSync(process.execPath, [join(ROOT, 'tools', 'plugin-docs.ts'), '--check'], { encoding: 'utf8' });
  assert.equal(check.stderr, '');
  assert.equal(check.status, 0);
});

/** Why a metric breaks the naming rules; undefined when it keeps them. */
function nameProblem(name: string, { kind, unit }: MetricDefinition): string | undefined {
  if (!/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/.test(name)) return 'is not lower case with underscores';
  if (unit !== '' && !UNITS.includes(unit)) return `has the unit ${unit}, which is no base unit`;
  if ((kind === 'counter') !== name.endsWith('_total')) return 'must end in _total exactly when it is a counter';
  const stem = name.replace(/_total$/, '');
  if (unit !== '' && !stem.endsWith(`_${unit}`)) return `does not end in its unit ${unit}`;
  if (unit === '' && UNITS.some((other) => stem.endsWith(`_${other}`)))
    return 'ends in a unit that it does not declare';
  return undefined;
}

test('the naming rules can be broken', () => {
  const gauge = { kind: 'gauge', unit: '', help: '', labels: [] } as const;
  assert.match(nameProblem('a_total', gauge) ?? '', /counter/);
  assert.match(nameProblem('a_seconds', gauge) ?? '', /does not declare/);
  assert.match(nameProblem('a_ms', { ...gauge, unit: 'ms' }) ?? '', /no base unit/);
  assert.match(nameProblem('a', { ...gauge, unit: 'bytes' }) ?? '', /its unit bytes/);
});

test("the runner's own series follow the naming rules", () => {
  for (const [name, definition] of Object.entries(COLLECTOR_METRICS))
    assert.equal(nameProblem(name, definition), undefined, name);
});

for (const id of ids) {
  describe(`collector ${id}`, async () => {
    const plugin = await load(id);

    test('says what it is', () => {
      assert.match(plugin.title, /\S/);
      assert.match(plugin.summary, /^[A-Z].*\.$/);
      assert.ok(plugin.defaultIntervalMs >= 1_000);
    });

    test('has metrics that follow the conventions', () => {
      assert.ok(Object.keys(plugin.metrics).length > 0);
      for (const [name, definition] of Object.entries(plugin.metrics)) {
        assert.equal(nameProblem(name, definition), undefined, name);
        assert.match(definition.help, /^\S.*\.$/, `${name}: the help is no sentence`);
        assert.ok(definition.states === undefined || definition.kind === 'gauge', `${name}: a state is a gauge`);
        for (const label of labelsOf(definition)) {
          assert.match(label, /^[a-z][a-z0-9_]*$/, name);
          assert.ok(!STANDARD_LABELS.includes(label), `${name}: ${label} is a standard label, it need not be declared`);
        }
        assert.equal(new Set(labelsOf(definition)).size, labelsOf(definition).length, name);
      }
    });

    test('has a strict config schema that describes each option', () => {
      const schema = z.toJSONSchema(plugin.config, { io: 'input' });
      assert.equal(schema.additionalProperties, false);
      for (const [name, option] of Object.entries(schema.properties ?? {})) {
        assert.match((option as { description?: string }).description ?? '', /\S/, `${name} has no description`);
        const { type = '' } = option as { type?: string };
        assert.ok(OPTION_TYPES.includes(type), `${name}: a form cannot show ${type || 'this option'}`);
      }
      for (const config of plugin.automatic) plugin.config.parse(config);
    });

    test('has alerts over its own series', { skip: plugin.alerts === undefined }, () => {
      const own = new Set([...Object.keys(plugin.metrics), ...Object.keys(COLLECTOR_METRICS)]);
      assert.equal(new Set(plugin.alerts?.map(({ name }) => name)).size, plugin.alerts?.length);
      for (const alert of plugin.alerts ?? []) checkAlert(alert, own);
    });

    test('has a key figure of its own metrics', () => {
      const { metric } = plugin.keyFigure ?? {};
      assert.ok(metric === undefined || plugin.metrics[metric] !== undefined, `${metric} is no metric`);
      const { where = {} } = plugin.keyFigure ?? {};
      for (const label of Object.keys(where)) assert.ok(plugin.metrics[metric ?? '']?.labels.includes(label), label);
    });

    test('a check says what it found, and can be alerted on', { skip: plugin.isCheck !== true }, () => {
      const ok = Object.keys(plugin.metrics).find((name) => /^[a-z]+_ok$/.test(name));
      assert.ok(ok !== undefined, 'there is no metric …_ok');
      assert.ok(
        plugin.alerts?.some(({ expr }) => expr === `${ok} == 0`),
        `there is no alert ${ok} == 0`,
      );
    });

    test('a remote one can be alerted on when it is down', { skip: plugin.address === undefined }, () => {
      const down = `nocmate_collector_up{collector="${id}"} == 0`;
      assert.ok(
        plugin.alerts?.some(({ expr }) => expr === down),
        `there is no alert ${down}`,
      );
    });

    const parsesNothing = plugin.isCheck === true && !existsSync(join(FOLDER, id, 'parse.ts'));
    test('gives what its golden cases expect', { skip: parsesNothing }, async () => {
      const { parsers } = (await import(pathToFileURL(join(FOLDER, id, 'parse.ts')).href)) as { parsers: Parsers };
      const cases = readdirSync(join(FOLDER, id, 'cases'));
      assert.ok(cases.length > 0);
      const unused = new Set(Object.keys(parsers));
      for (const name of cases) for (const source of checkCase(plugin, parsers, name, id)) unused.delete(source);
      assert.deepEqual([...unused], [], 'parsers without a case');
    });

    test('has a valid dashboard that shows only its own metrics', { skip: plugin.dashboard === undefined }, () => {
      checkDashboard(plugin);
    });
  });
}

/** Runs one case and returns the sources it has. With UPDATE_CASES set it writes what it got instead. */
function checkCase(plugin: CollectorPlugin, parsers: Parsers, name: string, id: string): string[] {
  const folder = join(FOLDER, id, 'cases', name);
  const sources = readdirSync(folder).filter((file) => file !== 'expected.json');
  assert.ok(sources.length > 0, name);
  const got: Record<string, Parsed> = {};
  for (const file of sources) {
    const source = file.replace(/\.[^.]+$/, '');
    const parse = parsers[source];
    assert.ok(parse, `${name}: there is no parser ${source}`);
    got[source] = parse(readFileSync(join(folder, file), 'utf8'));
    assertCollection(plugin, got[source]);
  }
  const expected = join(folder, 'expected.json');
  if (process.env['UPDATE_CASES'] !== undefined) writeFileSync(expected, `${JSON.stringify(got, null, 1)}\n`);
  assert.ok(existsSync(expected), `${name}: expected.json is missing`);
  assert.deepEqual(got, JSON.parse(readFileSync(expected, 'utf8')), name);
  return Object.keys(got);
}

const isList = (parsed: Parsed): parsed is readonly CollectedValue[] => Array.isArray(parsed);

function assertCollection({ metrics }: CollectorPlugin, parsed: Parsed): void {
  const { values, states = [], ownMetrics = {} }: ParsedCollection = isList(parsed) ? { values: parsed } : parsed;
  for (const value of values) assertDeclared({ ...metrics, ...ownMetrics }, value);
  for (const state of states) assertState(metrics, state);
}

function assertState(metrics: MetricTable, { metric, labels = {}, state }: CollectedState): void {
  const definition = metrics[metric];
  assert.ok(definition?.states?.values.includes(state), `${metric} has no state ${state}`);
  assert.deepEqual(Object.keys(labels).sort(), [...(definition?.labels ?? [])].sort(), metric);
}

const labelsOf = ({ labels, states }: MetricDefinition): string[] => [
  ...labels,
  ...(states === undefined ? [] : [states.label]),
];

function checkAlert({ name, expr, for: holds, summary }: AlertRule, own: ReadonlySet<string>): void {
  walk(engine.parse(expr), (part) => {
    if (part.kind !== 'selector') return;
    const metric = part.matchers.find(({ label }) => label === '__name__')?.value ?? '';
    assert.ok(own.has(metric), `${name}: ${metric} is not of this collector`);
  });
  assert.ok((parseDuration(holds) ?? 0) > 0, `${name}: ${holds} is no duration`);
  assert.match(summary, /^\S.*\.$/, `${name}: the summary is no sentence`);
}

function assertDeclared(metrics: MetricTable, { metric, labels = {}, value }: CollectedValue): void {
  const definition = metrics[metric];
  assert.ok(definition, `${metric} is not in the table`);
  const undeclared = Object.keys(labels).filter((label) => !definition.labels.includes(label));
  assert.deepEqual(undeclared, [], metric);
  assert.ok(Number.isFinite(value), `${metric} is ${value}`);
}

function checkDashboard(plugin: CollectorPlugin): void {
  const { panels, variables } = Dashboard.parse(plugin.dashboard);
  assert.equal(new Set(panels.map(({ id }) => id)).size, panels.length, 'panel ids are not unique');
  const metrics = new Set(Object.keys(plugin.metrics));
  for (const { title, type, place, queries } of panels) {
    assert.ok(PANELS.includes(type), `${title}: there is no panel ${type}`);
    assert.ok(place.x + place.w <= 24, `${title} leaves the grid`);
    for (const { text, language } of queries) if (language === 'metrics') checkQuery(plugin, text, title);
  }
  for (const { match } of variables) if (match !== '') assertOwn(metrics, match, 'variable');
}

function checkQuery(plugin: CollectorPlugin, text: string, title: string): void {
  const query = parseMetricQuery(text);
  const metric = assertOwn(new Set(Object.keys(plugin.metrics)), text, title);
  const definition = plugin.metrics[metric];
  const labels = ['__name__', ...STANDARD_LABELS, ...(definition === undefined ? [] : labelsOf(definition))];
  for (const { label } of query.matchers)
    assert.ok(labels.includes(label), `${title}: ${metric} has no label ${label}`);
  for (const label of query.aggregate?.by ?? [])
    assert.ok(labels.includes(label), `${title}: ${metric} has no ${label}`);
  assert.equal(query.fn !== 'raw', definition?.kind === 'counter', `${title}: ${text} shows a ${definition?.kind}`);
}

function assertOwn(metrics: ReadonlySet<string>, text: string, where: string): string {
  const name = parseMetricQuery(text).matchers.find(({ label }) => label === '__name__')?.value ?? '';
  assert.ok(metrics.has(name), `${where}: ${name} is not in the plugin's table`);
  return name;
}
