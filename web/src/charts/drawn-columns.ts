import type { ChartData } from './chart-data.ts';
import { bridged, paceOf, reachOf } from './pace.ts';
import { stack } from './stack.ts';

type Band = { readonly low: Float64Array; readonly high: Float64Array };

/** What is drawn of a chart's data, a column a series. */
export type DrawnColumns = {
  readonly columns: readonly Float64Array[];
  /** What each stands on; undefined = the axis' zero. */
  readonly floors: readonly (Float64Array | undefined)[];
  readonly bands: readonly Band[];
  /** How far neighbours may lie apart and still belong together, in points. */
  readonly reaches: readonly number[];
};

export type Drawing = { readonly shown: readonly boolean[]; readonly stacked: boolean; readonly bars: boolean };

const NO_VALUES = new Float64Array(0);
const NO_BAND: Band = { low: NO_VALUES, high: NO_VALUES };

/** Mirrors and stacks what is shown. Mirrored series are a stack of their own, below zero. */
export function drawnColumns(data: ChartData, { shown, stacked, bars }: Drawing): DrawnColumns {
  const paces = data.values.map(paceOf);
  const own = data.series.map(({ look }, index) => mirrored(data.values[index] ?? NO_VALUES, look?.mirrored === true));
  const layers = data.series.map(
    ({ look, before }, index) =>
      stacked && shown[index] === true && look?.axis !== 'right' && look?.stacked !== false && before === undefined,
  );
  const columns = [...own];
  const floors = own.map((): Float64Array | undefined => undefined);
  for (const below of [false, true]) {
    const members = data.series.flatMap(({ look }, index) =>
      layers[index] === true && (look?.mirrored === true) === below ? [index] : [],
    );
    const stackedUp = stack(
      members.map((index) => {
        const column = own[index] ?? NO_VALUES;
        const style = data.series[index]?.look?.style;
        return (style ?? (bars ? 'bars' : 'line')) === 'bars' ? column : bridged(column, paces[index] ?? 1);
      }),
    );
    members.forEach((index, at) => {
      columns[index] = stackedUp.tops[at] ?? NO_VALUES;
      floors[index] = stackedUp.floors[at];
    });
  }
  return { columns, floors, bands: bandsOf(data, shown, layers), reaches: paces.map(reachOf) };
}

function bandsOf({ series, min, max }: ChartData, shown: readonly boolean[], layers: readonly boolean[]): Band[] {
  return series.map(({ look }, index) => {
    const [low, high] = [min?.[index], max?.[index]];
    if (low === undefined || high === undefined || shown[index] !== true || layers[index] === true) return NO_BAND;
    return look?.mirrored === true ? { low: mirrored(high, true), high: mirrored(low, true) } : { low, high };
  });
}

function mirrored(column: Float64Array, isMirrored: boolean): Float64Array {
  return isMirrored ? column.map((value) => -value) : column;
}
