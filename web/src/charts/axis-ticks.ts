/** A value axis: its ends are ticks. */
export type ValueAxis = { readonly min: number; readonly max: number; readonly ticks: readonly number[] };

export type AxisWish = {
  /** Extent of the data; min > max when there is none. */
  readonly min: number;
  readonly max: number;
  /** Ends that the user fixed. */
  readonly fixedMin?: number | undefined;
  readonly fixedMax?: number | undefined;
  /** Areas and bars start at zero, always. */
  readonly fromZero: boolean;
  /** Ticks on powers of two. */
  readonly binary: boolean;
  /** About how many intervals. */
  readonly intervals: number;
};

const DECIMAL_STEPS = [1, 2, 2.5, 5, 10];
const BINARY_STEPS = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024];

/** Chooses an axis with round ticks that holds the data with some air, and stands still while the data move little. */
export function valueAxis(wish: AxisWish): ValueAxis {
  const [low, high] = ends(wish);
  const step = roundStep((high - low) / Math.max(1, wish.intervals), wish.binary);
  const min = wish.fixedMin ?? Math.floor(low / step + 1e-9) * step;
  const max = wish.fixedMax ?? Math.ceil(high / step - 1e-9) * step;
  return { min, max, ticks: ticksBetween(min, max, step) };
}

function ends({ min, max, fixedMin, fixedMax, fromZero }: AxisWish): [number, number] {
  let low = min > max ? 0 : min;
  let high = min > max ? 1 : max;
  const isNearZero = low >= 0 && low <= high * 0.6;
  if (low >= 0 && (fromZero || isNearZero)) low = 0;
  if (high <= 0 && fromZero) high = 0;
  const air = (high - low) * 0.06;
  if (low !== 0) low -= air;
  if (high !== 0) high += air;
  low = fixedMin ?? low;
  high = fixedMax ?? high;
  if (high > low) return [low, high];
  const half = Math.abs(low) * 0.1 || 1;
  if (fixedMin !== undefined) return [low, low + half * 2];
  return low === 0 ? [0, 1] : [low - half, low + half];
}

function roundStep(raw: number, binary: boolean): number {
  const base = binary ? 1024 : 10;
  const steps = binary ? BINARY_STEPS : DECIMAL_STEPS;
  const power = base ** Math.floor(Math.log(raw) / Math.log(base) + 1e-9);
  return (steps.find((step) => step * power >= raw * 0.999) ?? base) * power;
}

function ticksBetween(min: number, max: number, step: number): number[] {
  const ticks: number[] = [];
  const first = Math.ceil(min / step - 1e-9);
  const last = Math.floor(max / step + 1e-9);
  for (let i = first; i <= last && ticks.length < 50; i++) ticks.push(Number((i * step).toPrecision(12)));
  return ticks;
}
