import type { PromFunction } from '#query/promql/function-def.ts';
import { vectorArg } from './arguments.ts';
import { floatAt, floatSeries, found } from './float-series.ts';

const DAY = 86_400_000;

const dateFunction = (name: string, help: string, part: (date: Date) => number): PromFunction => ({
  kind: 'whole',
  name,
  help,
  args: ['vector'],
  optional: 1,
  returns: 'vector',
  evaluate: (args, { steps }) => {
    const ofSeconds = (seconds: number): number => part(new Date(Math.trunc(seconds) * 1000));
    if (args.length === 0) {
      const now = floatSeries({ labels: {} }, steps.count, (i) => ofSeconds((steps.start + i * steps.step) / 1000));
      return { kind: 'vector', series: found([now]) };
    }
    const series = vectorArg(args, 0).map((each) =>
      floatSeries({ labels: each.labels, dropName: true }, steps.count, (i) => {
        const seconds = floatAt(each, i);
        return seconds === undefined ? undefined : ofSeconds(seconds);
      }),
    );
    return { kind: 'vector', series: found(series) };
  },
});

/** Parts of dates in UTC, of Unix seconds or of the evaluation time. */
export const dateFunctions: readonly PromFunction[] = [
  dateFunction('minute', 'Minute of the hour in UTC, 0 to 59.', (date) => date.getUTCMinutes()),
  dateFunction('hour', 'Hour of the day in UTC, 0 to 23.', (date) => date.getUTCHours()),
  dateFunction('day_of_week', 'Day of the week in UTC, 0 (Sunday) to 6.', (date) => date.getUTCDay()),
  dateFunction('day_of_month', 'Day of the month in UTC, 1 to 31.', (date) => date.getUTCDate()),
  dateFunction(
    'day_of_year',
    'Day of the year in UTC, 1 to 366.',
    (date) => Math.floor((date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / DAY) + 1,
  ),
  dateFunction('days_in_month', 'Number of days of the month in UTC, 28 to 31.', (date) =>
    new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate(),
  ),
  dateFunction('month', 'Month of the year in UTC, 1 to 12.', (date) => date.getUTCMonth() + 1),
  dateFunction('year', 'Year in UTC.', (date) => date.getUTCFullYear()),
];
