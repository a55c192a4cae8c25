import { countKnown, maximum, minimum } from '#query/graphite/agg-func.ts';
import { mapRows } from '#query/graphite/consolidation.ts';
import type { FunctionDef } from '#query/graphite/function-def.ts';
import { formatFloat, formatG } from '#query/graphite/number-format.ts';
import type { Param } from '#query/graphite/params.ts';
import { mapSlowly } from '#query/graphite/pieces.ts';
import { mapValues, maxLength, renamed, type Series, withTag } from '#query/graphite/series.ts';
import { increased, nextNone, withoutNone } from './arithmetic.ts';
import { SERIES } from './standard-params.ts';

const LIMIT: Param = { name: 'limit', type: 'intOrInf', default: Number.POSITIVE_INFINITY };

/** Replaces each run of None of at most `limit` points; `fill` gets the known neighbours, NaN at the edges. */
function fillGaps(values: Float64Array, limit: number, fill: Fill): Float64Array {
  let from = nextNone(values, 0);
  if (from === values.length) return values;
  const out = values.slice();
  while (from < values.length) {
    let to = from + 1;
    while (to < values.length && Number.isNaN(values[to])) to++;
    const length = to - from;
    const gap = { before: values[from - 1] ?? Number.NaN, after: values[to] ?? Number.NaN, length };
    if (length <= limit) for (let k = 0; k < length; k++) out[from + k] = fill(gap, k + 1);
    from = nextNone(values, to);
  }
  return out;
}

type Gap = { readonly before: number; readonly after: number; readonly length: number };
type Fill = (gap: Gap, index: number) => number;

function filling(name: string, docs: string, fill: Fill): FunctionDef {
  return {
    name,
    group: 'Transform',
    docs,
    params: [SERIES, LIMIT],
    perSeries: true,
    run: (args) =>
      args
        .series('seriesList')
        .map((series) =>
          renamed(series, `${name}(${series.name})`, { values: fillGaps(series.values, args.number('limit'), fill) }),
        ),
  };
}

const transformNull: FunctionDef = {
  name: 'transformNull',
  group: 'Transform',
  docs: 'Replaces None by a number; with reference series only where one of these is known.',
  params: [SERIES, { name: 'default', type: 'float', default: 0 }, { name: 'referenceSeries', type: 'seriesList' }],
  run: async (args, context) => {
    const value = args.number('default');
    const text = args.isGiven('default') ? formatFloat(value) : '0';
    const reference = args.series('referenceSeries');
    const list = args.series('seriesList');
    if (reference.length === 0) {
      return mapSlowly(list, context, (series) => withDefault(series, { value, text }, undefined));
    }
    const defaults = await mapRows(reference, context, (row) => (countKnown(row) > 0 ? value : Number.NaN));
    return mapSlowly(list, context, (series) => withDefault(series, { value, text }, defaults));
  },
};

function withDefault(
  series: Series,
  { value, text }: { readonly value: number; readonly text: string },
  defaults: Float64Array | undefined,
): Series {
  const tags = withTag(series, 'transformNull', text);
  if (defaults === undefined) {
    const values = withoutNone(series.values, value);
    return renamed(series, `transformNull(${series.name},${formatG(value)})`, { values, tags });
  }
  const values = new Float64Array(Math.max(series.values.length, defaults.length));
  for (let i = 0; i < values.length; i++) {
    const point = series.values[i] ?? Number.NaN;
    values[i] = Number.isNaN(point) ? (defaults[i] ?? Number.NaN) : point;
  }
  const name = `transformNull(${series.name},${formatG(value)},referenceSeries)`;
  return renamed(series, name, { values, tags: { ...tags, referenceSeries: '1' } });
}

const offsetToZero: FunctionDef = {
  name: 'offsetToZero',
  group: 'Transform',
  docs: 'Shifts each series so that its smallest point is zero.',
  params: [SERIES],
  perSeries: true,
  ownsValues: true,
  run: (args) =>
    args.series('seriesList').map((series) => {
      const least = minimum(series.values);
      const tags = withTag(series, 'offsetToZero', Number.isNaN(least) ? 'None' : formatFloat(least));
      return renamed(series, `offsetToZero(${series.name})`, {
        values: increased(series.values, -least, args.room(series)),
        tags,
      });
    }),
};

const minMax: FunctionDef = {
  name: 'minMax',
  group: 'Transform',
  docs: 'Scales each series to 0 (its smallest point) … 1 (its largest).',
  params: [SERIES],
  perSeries: true,
  run: (args) =>
    args.series('seriesList').map((series) => {
      const least = minimum(series.values);
      const span = maximum(series.values) - least;
      const values = mapValues(series.values, (value) => {
        if (Number.isNaN(value)) return value;
        return span === 0 ? 0 : (value - least) / span;
      });
      return renamed(series, `minMax(${series.name})`, { values });
    }),
};

const changed: FunctionDef = {
  name: 'changed',
  group: 'Special',
  docs: '1 where a point differs from the last known one, else 0.',
  params: [SERIES],
  perSeries: true,
  run: (args) =>
    args.series('seriesList').map((series) => {
      let previous = Number.NaN;
      const values = mapValues(series.values, (value) => {
        if (Number.isNaN(value)) return 0;
        const isChange = !Number.isNaN(previous) && previous !== value;
        previous = value;
        return isChange ? 1 : 0;
      });
      return renamed(series, `changed(${series.name})`, { values });
    }),
};

const delay: FunctionDef = {
  name: 'delay',
  group: 'Transform',
  docs: 'Moves the points by a number of steps; what was before is None.',
  params: [SERIES, { name: 'steps', type: 'integer', required: true }],
  perSeries: true,
  run: (args) => {
    const steps = args.number('steps');
    return args.series('seriesList').map((series) => {
      const values = new Float64Array(maxLength([series])).fill(Number.NaN);
      const kept =
        steps < 0 ? series.values.subarray(-steps) : series.values.subarray(0, Math.max(0, values.length - steps));
      values.set(kept, steps < 0 ? 0 : Math.min(steps, values.length));
      return renamed(series, `delay(${series.name},${steps})`, { values, tags: withTag(series, 'delay', steps) });
    });
  },
};

/** Functions about unknown points and the place of a series. */
export const fillFunctions: readonly FunctionDef[] = [
  filling(
    'keepLastValue',
    'Replaces None by the last known point, for at most `limit` points in a row.',
    (gap) => gap.before,
  ),
  filling('interpolate', 'Draws a straight line over None, for at most `limit` points in a row.', (gap, index) =>
    Number.isNaN(gap.after) ? Number.NaN : gap.before + (index * (gap.after - gap.before)) / (gap.length + 1),
  ),
  transformNull,
  offsetToZero,
  minMax,
  changed,
  delay,
];
