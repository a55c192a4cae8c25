import type { Args } from '#query/graphite/args.ts';
import type { CallContext, FunctionDef } from '#query/graphite/function-def.ts';
import { parseInterval } from '#query/graphite/interval.ts';
import type { Param } from '#query/graphite/params.ts';
import { mapSlowly } from '#query/graphite/pieces.ts';
import { mapValues, renamed, type Series } from '#query/graphite/series.ts';
import { areaOfTwo } from './graph.ts';
import { forecast } from './holt-winters-analysis.ts';
import { SERIES } from './standard-params.ts';

const INTERVALS: readonly Param[] = [
  { name: 'bootstrapInterval', type: 'interval', default: '7d', suggestions: ['7d', '30d'] },
  { name: 'seasonality', type: 'interval', default: '1d', suggestions: ['1d', '7d'] },
];
const DELTA: Param = { name: 'delta', type: 'integer', default: 3 };

type Prediction = { readonly series: Series; readonly predictions: Float64Array; readonly deviations: Float64Array };

/** Forecast and deviation of each series over the request, learnt from the time before it. */
async function predict(args: Args, context: CallContext): Promise<Prediction[]> {
  const seconds = parseInterval(args.text('bootstrapInterval'));
  const season = parseInterval(args.text('seasonality'));
  const [node] = context.argNodes;
  if (node === undefined) return [];
  const list = await context.evaluate(node, { from: context.from - seconds, until: context.until });
  return mapSlowly(list, context, (series) => {
    const { predictions, deviations } = forecast(series.values, Math.floor(season / series.step));
    const skipped = Math.floor(seconds / series.step);
    return {
      series: { ...series, start: series.start + seconds },
      predictions: predictions.subarray(skipped),
      deviations: deviations.subarray(skipped),
    };
  });
}

type Bands = { readonly lower: Series; readonly upper: Series };

async function bandsOf(args: Args, context: CallContext): Promise<Bands[]> {
  const delta = args.number('delta');
  const all = await predict(args, context);
  return mapSlowly(all, context, ({ series, predictions, deviations }) => {
    const marks = ['Forecast', 'Deviation', 'ConfidenceUpper', 'ConfidenceLower'];
    const tags = { ...series.tags, ...Object.fromEntries(marks.map((mark) => [`holtWinters${mark}`, '1'])) };
    const band = (side: string, sign: number): Series => ({
      ...series,
      name: `holtWintersConfidence${side}(${series.name})`,
      values: mapValues(predictions, (value, i) => value + sign * delta * (deviations[i] as number)),
      tags,
    });
    return { lower: band('Lower', -1), upper: band('Upper', 1) };
  });
}

async function aberrations(args: Args, context: CallContext): Promise<Series[]> {
  const all = await bandsOf(args, context);
  const bands = new Map(all.map((band) => [band.lower.name, band]));
  const found = await mapSlowly(args.series('seriesList'), context, (series) => aberration(series, bands));
  return found.flat();
}

function aberration(series: Series, bands: ReadonlyMap<string, Bands>): Series[] {
  const found = bands.get(`holtWintersConfidenceLower(${series.name})`);
  if (found === undefined) return [];
  const values = mapValues(series.values, (value, i) => {
    const over = value - (found.upper.values[i] ?? Number.NaN);
    const under = value - (found.lower.values[i] ?? Number.NaN);
    if (over > 0) return over;
    return under < 0 ? under : 0;
  });
  const tags = { ...series.tags, holtWintersAberration: '1' };
  return [renamed(series, `holtWintersAberration(${series.name})`, { values, tags })];
}

async function confidenceArea(args: Args, context: CallContext): Promise<Series[]> {
  const bands = await bandsOf(args, context);
  const area = areaOfTwo(bands.flatMap(({ lower, upper }) => [lower, upper]));
  return area.map((series) => {
    const { areaBetween: _, ...tags } = series.tags;
    const name = series.name.replace('areaBetween', 'holtWintersConfidenceArea');
    return renamed(series, name, { tags: { ...tags, holtWintersConfidenceArea: '1' } });
  });
}

/** Forecasting with a season (Holt–Winters, additive). */
export const holtWintersFunctions: readonly FunctionDef[] = [
  {
    name: 'holtWintersForecast',
    group: 'Calculate',
    docs: 'What a seasonal forecast expected.',
    params: [SERIES, ...INTERVALS],
    run: async (args, context) => {
      const all = await predict(args, context);
      return all.map(({ series, predictions }) => {
        const tags = { ...series.tags, holtWintersForecast: '1', holtWintersDeviation: '1' };
        return renamed(series, `holtWintersForecast(${series.name})`, { values: predictions, tags });
      });
    },
  },
  {
    name: 'holtWintersConfidenceBands',
    group: 'Calculate',
    docs: 'The band of `delta` deviations around a seasonal forecast.',
    params: [SERIES, DELTA, ...INTERVALS],
    run: async (args, context) => (await bandsOf(args, context)).flatMap(({ lower, upper }) => [lower, upper]),
  },
  {
    name: 'holtWintersAberration',
    group: 'Calculate',
    docs: 'How far points lie outside the band around a seasonal forecast.',
    params: [SERIES, DELTA, ...INTERVALS],
    run: aberrations,
  },
  {
    name: 'holtWintersConfidenceArea',
    group: 'Calculate',
    docs: 'The area of `delta` deviations around a seasonal forecast.',
    params: [SERIES, DELTA, ...INTERVALS],
    run: confidenceArea,
  },
];
