import type { PromFunction, Sample, Window } from '#query/promql/function-def.ts';
import { rangeFunction } from './range-function.ts';
import { floatsOnly } from './window-samples.ts';

const KEEPS_NAME = { keepsName: true } as const;
const EXPERIMENTAL = { experimental: true } as const;

const sampleAt = ({ samples }: Window, i: number): Sample => samples.histograms?.[i] ?? samples.v[i];
const secondsAt = ({ samples }: Window, i: number): number => (samples.t[i] as number) / 1000;

const picking = (
  name: string,
  help: string,
  pick: (window: Window) => Sample,
  options: { readonly experimental?: boolean; readonly keepsName?: boolean } = {},
): PromFunction =>
  rangeFunction(name, help, (window) => (window.from === window.to ? undefined : pick(window)), options);

const timeOfExtreme = (name: string, help: string, isBetter: (value: number, best: number) => boolean): PromFunction =>
  rangeFunction(
    name,
    help,
    (window, _scalars, context, labels) => {
      if (floatsOnly(window, context, labels).length === 0) return undefined;
      const { samples, from, to } = window;
      let best = -1;
      for (let i = from; i < to; i++) {
        if (samples.histograms?.[i] !== undefined) continue;
        const leader = samples.v[best] ?? NaN;
        if (Number.isNaN(leader) || isBetter(samples.v[i] as number, leader)) best = i;
      }
      return secondsAt(window, best);
    },
    EXPERIMENTAL,
  );

/** One sample of a range, its time, or how many there are. */
export const sampleOfRangeFunctions: readonly PromFunction[] = [
  picking('count_over_time', 'How many samples the range has.', ({ from, to }) => to - from),
  picking('present_over_time', '1 for every series that has a sample in the range.', () => 1),
  picking(
    'last_over_time',
    'The most recent sample in the range.',
    (window) => sampleAt(window, window.to - 1),
    KEEPS_NAME,
  ),
  picking('first_over_time', 'The oldest sample in the range.', (window) => sampleAt(window, window.from), {
    ...KEEPS_NAME,
    ...EXPERIMENTAL,
  }),
  picking(
    'ts_of_first_over_time',
    'The time of the oldest sample in the range, in Unix seconds.',
    (window) => secondsAt(window, window.from),
    EXPERIMENTAL,
  ),
  picking(
    'ts_of_last_over_time',
    'The time of the most recent sample in the range, in Unix seconds.',
    (window) => secondsAt(window, window.to - 1),
    EXPERIMENTAL,
  ),
  timeOfExtreme(
    'ts_of_max_over_time',
    'The time of the last greatest value in the range, in Unix seconds.',
    (value, best) => value >= best,
  ),
  timeOfExtreme(
    'ts_of_min_over_time',
    'The time of the last least value in the range, in Unix seconds.',
    (value, best) => value <= best,
  ),
];
