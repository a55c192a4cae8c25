import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { baseUnitOf } from './base-unit.ts';
import { inBaseUnit, type PerfdataItem, parsePerfdata } from './perfdata.ts';
import { splitPluginOutput } from './plugin-output.ts';
import { alerts, parseThresholdRange } from './threshold-range.ts';

const SHARED = join(import.meta.dirname, '..', '..', '..', '..', 'shared', 'data');
const FOLDER = join(SHARED, 'perfdata');
const skip = existsSync(FOLDER) ? false : 'the recorded data is not here';

type Icinga = {
  label: string;
  value: number;
  unit: string;
  warn: number | null;
  crit: number | null;
  min: number | null;
  max: number | null;
};
type Run = {
  output: string;
  text: string;
  long_text: string;
  perfdata_string: string;
  icinga_2_13: (Icinga | { invalid: string })[];
};

const read = (file: string): unknown => JSON.parse(readFileSync(join(FOLDER, file), 'utf8'));

/** What Icinga calls the units, and what its percents are multiplied with. */
const NAMES: Readonly<Record<string, string>> = { percent: 'ratio', 'degrees-celsius': 'celsius' };
const near = (got: number | undefined, expected: number, what: string): void =>
  assert.ok(Math.abs((got ?? Number.NaN) - expected) <= Math.abs(expected) * 1e-12, `${what}: ${got}, not ${expected}`);

test('58 outputs of plugins, as Icinga reads them', { skip }, () => {
  const { runs } = read('plugin_runs.json') as { runs: Run[] };
  assert.equal(runs.length, 58);
  for (const run of runs) {
    const output = splitPluginOutput(run.output);
    assert.equal(output.text, run.text, run.output);
    assert.equal(output.longText, run.long_text, run.output);
    assert.equal(output.perfdata, run.perfdata_string, run.output);
    const items = parsePerfdata(output.perfdata)
      .filter(({ value }) => value !== undefined)
      .map(inBaseUnit);
    const expected = run.icinga_2_13.filter((item): item is Icinga => !('invalid' in item));
    assert.equal(items.length, expected.length, run.output);
    for (const [i, item] of items.entries()) sameAs(item, expected[i] as Icinga, run.output);
  }
});

function sameAs(item: ReturnType<typeof inBaseUnit>, icinga: Icinga, output: string): void {
  const factor = icinga.unit === 'percent' ? 0.01 : 1;
  // Icinga leaves doubled quotes as they are.
  assert.equal(item.label, icinga.label.replaceAll("''", "'"));
  if (!item.isCounter) assert.equal(item.unit, NAMES[icinga.unit] ?? icinga.unit, output);
  near(item.value, icinga.value * factor, output);
  // It knows no ranges, only their ends that stand alone.
  for (const [range, end] of [
    [item.warning, icinga.warn],
    [item.critical, icinga.crit],
  ] as const) {
    if (end !== null) near(range?.high, end * factor, output);
  }
  for (const [got, end] of [
    [item.min, icinga.min],
    [item.max, icinga.max],
  ] as const) {
    if (end === null) assert.equal(got, undefined, output);
    else near(got, end * factor, output);
  }
}

type Telegraf = { label: string; value: number; unit?: string; min?: number; max?: number } & Record<
  string,
  number | string
>;
type TelegrafCase = { output: string; perfdata: Telegraf[]; service_output: string; long_service_output?: string };
type TelegrafRange = { range: string; valid: boolean; min?: number | string; max?: number | string };

/** Ends of a range as that program has them: outside of `lt`…`gt`, inside of `le`…`ge`. */
function endsOf(range: PerfdataItem['warning']): Readonly<Record<string, number>> {
  if (range === undefined) return {};
  return range.alertsInside ? { le: range.low, ge: range.high } : { lt: range.low, gt: range.high };
}

test('outputs and ranges as Telegraf reads them', { skip }, () => {
  const { outputs, ranges } = read('telegraf_plugin_output.json') as {
    outputs: TelegrafCase[];
    ranges: TelegrafRange[];
  };
  for (const { output, perfdata, service_output, long_service_output = '' } of outputs) {
    const split = splitPluginOutput(output);
    assert.deepEqual([split.text, split.longText], [service_output, long_service_output]);
    const items = parsePerfdata(split.perfdata).map(({ unit, warning, critical, ...item }) => ({
      ...{ ...item, ...(unit === '' ? {} : { unit }) },
      ...Object.fromEntries(Object.entries(endsOf(warning)).map(([end, value]) => [`warning_${end}`, value])),
      ...Object.fromEntries(Object.entries(endsOf(critical)).map(([end, value]) => [`critical_${end}`, value])),
    }));
    assert.deepEqual(items, perfdata.map(withNumbers), output);
  }
  for (const { range, valid, min = Number.NaN, max = Number.NaN } of ranges) {
    const parsed = parseThresholdRange(range);
    if (valid) assert.deepEqual([parsed?.low, parsed?.high], [Number(min), Number(max)], range);
    else assert.equal(parsed, undefined, range);
  }
});

/** Its infinities are texts. */
function withNumbers(item: Telegraf): Readonly<Record<string, unknown>> {
  const entries = Object.entries(item).map(([name, value]) => [name, /_[lg][te]$/.test(name) ? Number(value) : value]);
  return Object.fromEntries(entries) as Readonly<Record<string, unknown>>;
}

test('spool files of Nagios hold perfdata as well', { skip }, () => {
  const line = readFileSync(join(SHARED, 'fixtures', 'nagios-perfdata', 'service-perfdata.0'), 'utf8');
  const items = parsePerfdata(/SERVICEPERFDATA::([^\t]*)/.exec(line)?.[1] ?? '').map(inBaseUnit);
  assert.deepEqual(
    items.map(({ label, value }) => [label, value]),
    [
      ['/home', 705_181e6],
      ['/data', 6_090_266e6],
      ['/tmp', 6_090_266e6],
    ],
  );
});

for (const [text, value, expected] of [
  ['10', 10, false],
  ['10', 10.1, true],
  ['10', -1, true],
  ['10:', 9, true],
  ['~:10', -100, false],
  ['10:20', 20, false],
  ['@10:20', 10, true],
  ['@10:20', 9, false],
] as const) {
  test(`${value} ${expected ? 'alerts' : 'does not alert'} at ${text}`, () => {
    const range = parseThresholdRange(text);
    assert.ok(range !== undefined);
    assert.equal(alerts(value, range), expected);
  });
}

test('units', () => {
  assert.deepEqual(inBaseUnit({ label: 'rta', value: 0.3, unit: 'ms' }), {
    label: 'rta',
    value: 0.0003,
    unit: 'seconds',
    isCounter: false,
  });
  assert.equal(baseUnitOf('KB').factor, 1_000);
  assert.equal(baseUnitOf('KiB').factor, 1_024);
  assert.equal(inBaseUnit({ label: 'in', value: 8, unit: 'Mb/s' }).value, 1e6);
  assert.equal(baseUnitOf('c').isCounter, true);
  assert.deepEqual(parsePerfdata('a=U;1;2')[0], {
    label: 'a',
    value: undefined,
    unit: '',
    warning: { low: 0, high: 1, alertsInside: false },
    critical: { low: 0, high: 2, alertsInside: false },
  });
  assert.equal(parsePerfdata('a=1kAm')[0]?.unit, 'kAm');
});

test('whatever stands there, only items with finite values come of it', () => {
  const words = fc.array(
    fc.constantFrom("'", '=', ';', ' ', 'a', '1', 'e', '.', '-', ':', '@', '~', '|', '\n', '%', 'U', '9'.repeat(400)),
    { maxLength: 40 },
  );
  fc.assert(
    fc.property(words, (parts) => {
      const { perfdata } = splitPluginOutput(parts.join(''));
      for (const { label, value } of parsePerfdata(perfdata)) {
        assert.notEqual(label, '');
        assert.ok(value === undefined || Number.isFinite(value));
      }
    }),
    { numRuns: 3_000 },
  );
});
