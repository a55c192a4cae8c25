import { AGG_FUNC_NAMES, findAggFunc } from './agg-func.ts';
import { parseInterval } from './interval.ts';
import { formatFloat } from './number-format.ts';
import { queryError } from './query-error.ts';
import type { Series } from './series.ts';

/** What an argument evaluates to. `null` is None; a list of lists comes from `mapSeries`. */
export type Value = readonly Series[] | readonly (readonly Series[])[] | string | number | boolean | null;

/** Types of parameters, by the names that graphite-web's `/functions` gives them. */
export type ParamType =
  | 'aggFunc'
  | 'aggOrSeriesFunc'
  | 'any'
  | 'boolean'
  | 'date'
  | 'float'
  | 'integer'
  | 'interval'
  | 'intOrInf'
  | 'intOrInterval'
  | 'node'
  | 'nodeOrTag'
  | 'series'
  | 'seriesList'
  | 'seriesLists'
  | 'string'
  | 'tag';

/** A parameter of a function: the only statement of its checks, its default and its documentation. */
export type Param = {
  readonly name: string;
  /** Its name in calls by keyword and in signatures, where graphite-web has another there. */
  readonly keyword?: string;
  readonly type: ParamType;
  readonly required?: boolean;
  readonly multiple?: boolean;
  readonly default?: string | number | boolean;
  readonly options?: readonly string[];
  /** Options that editors offer and nothing enforces. */
  readonly offered?: readonly (string | boolean | null)[];
  readonly suggestions?: readonly (string | number)[];
};

/** Checks and converts one argument; throws `bad_query` naming function and parameter. */
export function checkValue(param: Param, value: Value, functionName: string): Value {
  if (value === null && !(param.required ?? false)) return null;
  if (param.options !== undefined && !param.options.includes(String(value))) {
    throw queryError(
      `Invalid option specified for function "${functionName}" parameter "${param.name}": ${shown(value)}`,
    );
  }
  const converted = convert(param.type, value);
  if (converted === undefined) {
    throw queryError(
      `Invalid "${param.type}" value specified for function "${functionName}" parameter "${param.name}": ${shown(value)}`,
    );
  }
  return converted;
}

function shown(value: Value): string {
  if (Array.isArray(value)) return 'a list of series';
  if (typeof value === 'string') return `'${value}'`;
  return typeof value === 'number' && !Number.isInteger(value) ? formatFloat(value) : String(value);
}

function convert(type: ParamType, value: Value): Value | undefined {
  switch (type) {
    case 'boolean':
      return toBoolean(value);
    case 'float':
      return toNumber(value);
    case 'integer':
    case 'node':
      return toInteger(value);
    case 'intOrInf':
      return value === Number.POSITIVE_INFINITY ? value : toInteger(value);
    case 'interval':
      return typeof value === 'string' && isInterval(value) ? value : undefined;
    case 'intOrInterval':
      return typeof value === 'string' && !isInterval(value) ? toInteger(value) : scalar(value);
    case 'series':
    case 'seriesList':
    case 'seriesLists':
      return Array.isArray(value) ? value : undefined;
    case 'aggFunc':
    case 'aggOrSeriesFunc':
      return typeof value === 'string' && (type === 'aggOrSeriesFunc' || findAggFunc(value) !== undefined)
        ? value
        : undefined;
    case 'any':
      return value;
    case 'date':
    case 'nodeOrTag':
      return scalar(value);
    case 'string':
    case 'tag':
      return typeof value === 'number' ? String(value) : scalar(value);
  }
}

function scalar(value: Value): Value | undefined {
  return typeof value === 'string' || typeof value === 'number' ? value : undefined;
}

function isInterval(text: string): boolean {
  try {
    parseInterval(text);
    return true;
  } catch {
    return false;
  }
}

function toBoolean(value: Value): boolean | undefined {
  if (typeof value === 'boolean') return value;
  const text = String(value).toLowerCase();
  if (text === 'true' || text === '1') return true;
  return text === 'false' || text === '0' ? false : undefined;
}

function toNumber(value: Value): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && !Number.isNaN(number) ? number : undefined;
}

function toInteger(value: Value): number | undefined {
  const number = toNumber(value);
  return number !== undefined && Number.isSafeInteger(number) ? number : undefined;
}

/** Functions that `/functions` offers, besides aggregations, where either is taken. */
const SERIES_FUNC_NAMES: readonly string[] = [
  'asPercent',
  'averageSeries',
  'averageSeriesWithWildcards',
  'countSeries',
  'diffSeries',
  'diffSeriesLists',
  'maxSeries',
  'minSeries',
  'multiplySeries',
  'multiplySeriesLists',
  'multiplySeriesWithWildcards',
  'pct',
  'powSeries',
  'rangeOfSeries',
  'stddevSeries',
  'sumSeries',
  'sumSeriesLists',
  'sumSeriesWithWildcards',
];

/** The options that `/functions` lists for a parameter. */
export function optionsOf(param: Param): readonly (string | boolean | null)[] {
  if (param.offered !== undefined) return param.offered;
  if (param.options !== undefined) return param.options.toSorted();
  if (param.type === 'aggFunc') return AGG_FUNC_NAMES.toSorted();
  return param.type === 'aggOrSeriesFunc' ? [...AGG_FUNC_NAMES, ...SERIES_FUNC_NAMES].toSorted() : [];
}
