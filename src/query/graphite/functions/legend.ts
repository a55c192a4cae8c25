import {
  AGG_FUNC_NAMES,
  type AggFunc,
  aggFunc,
  findAggFunc,
  last,
  maximum,
  minimum,
} from '#query/graphite/agg-func.ts';
import type { FunctionDef } from '#query/graphite/function-def.ts';
import { formatFloat, isUnitSystem, scaleUnits } from '#query/graphite/number-format.ts';
import type { Series } from '#query/graphite/series.ts';
import { SERIES } from './standard-params.ts';

const UNIT_SYSTEMS = ['si', 'binary'];

const legendValue: FunctionDef = {
  name: 'legendValue',
  group: 'Alias',
  docs: 'Appends aggregates of each series to its name; a last argument of si or binary scales them.',
  params: [
    SERIES,
    {
      name: 'valuesTypes',
      keyword: 'valueTypes',
      type: 'string',
      multiple: true,
      options: [...AGG_FUNC_NAMES, ...AGG_FUNC_NAMES.map((name) => `${name}Series`), ...UNIT_SYSTEMS],
    },
  ],
  run: (args) => {
    const types = args.values('valuesTypes').map(String);
    const system = UNIT_SYSTEMS.includes(types.at(-1) ?? '') ? types.at(-1) : undefined;
    const shown = system === undefined ? types : types.slice(0, -1);
    return args.series('seriesList').map((series) => {
      const name = shown.reduce((text, type) => withLegend(text, { type, series, system }), series.name);
      return { ...series, name };
    });
  },
};

function withLegend(name: string, entry: { type: string; series: Series; system: string | undefined }): string {
  const { type, series, system } = entry;
  const func = findAggFunc(type);
  const value = func?.(series.values) ?? Number.NaN;
  if (system === undefined || !isUnitSystem(system)) return `${name} (${type}: ${plain(func, value, type)})`;
  const [scaled, prefix] = scaleUnits(value, system);
  const text = Number.isNaN(value) ? plain(func, value, type) : `${scaled.toFixed(2)}${prefix}`;
  return `${name.padEnd(20)}${type.padEnd(5)}${text.padEnd(10)}`;
}

function plain(func: AggFunc | undefined, value: number, type: string): string {
  if (func === undefined) return '(?)';
  if (Number.isNaN(value)) return 'None';
  return func === aggFunc('count') || type === 'count' ? String(value) : formatFloat(value);
}

const cactiStyle: FunctionDef = {
  name: 'cactiStyle',
  group: 'Special',
  docs: 'Names with aligned columns: current, largest and smallest value.',
  params: [SERIES, { name: 'system', type: 'string', options: UNIT_SYSTEMS }, { name: 'units', type: 'string' }],
  run: (args) => {
    const list = args.series('seriesList');
    const format = formatter(args.optionalText('system'), args.optionalText('units'));
    const nameWidth = Math.max(0, ...list.map((series) => series.name.length));
    const column = (func: AggFunc): ((series: Series) => string) => {
      const widths = list.map((series) => format(Math.trunc(func(series.values) || 3)).length);
      const width = Math.max(0, ...widths) + 3;
      return (series) => {
        const value = func(series.values);
        return (Number.isNaN(value) ? 'nan' : format(value)).padEnd(width);
      };
    };
    const [current, most, least] = [column(last), column(maximum), column(minimum)];
    return list.map((series) => ({
      ...series,
      name: `${series.name.padEnd(nameWidth)} Current:${current(series)} Max:${most(series)} Min:${least(series)} `,
    }));
  },
};

function formatter(system: string | undefined, units: string | undefined): (value: number) => string {
  const suffix = units === undefined || units === '' ? '' : units;
  if (system === undefined || !isUnitSystem(system)) {
    return (value) => `${value.toFixed(2)}${suffix === '' ? '' : ` ${suffix}`}`;
  }
  return (value) => {
    const [scaled, prefix] = scaleUnits(value, system);
    return `${scaled.toFixed(2)}${suffix === '' ? '' : ' '}${prefix}${suffix}`;
  };
}

/** Functions that put values into names. */
export const legendFunctions: readonly FunctionDef[] = [legendValue, cactiStyle];
