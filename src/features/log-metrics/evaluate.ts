import { isZeroFilled, type LogMetricRule, QUANTILE_LABEL, quantileOf, seriesNameOf } from '#core/log-metrics/rule.ts';
import { canonicalKey, NAME_LABEL } from '#core/model/labels.ts';
import type { LogRange, LogSearch, WindowFunction, WindowNumber, WindowRow } from '#query/logs/index.ts';
import { admitted, type LabelSets } from './label-sets.ts';

/** Values by the canonical key of their series and their time (ms). */
export type Samples = Map<string, Map<number, number>>;

export type Evaluation = {
  readonly samples: Samples;
  readonly lines: number;
  readonly refused: number;
  readonly rowsRead: number;
  readonly ms: number;
};

/** What is evaluated: rules that count the same lines, and where windows of [from, to) begin. */
export type EvaluationOptions = {
  readonly logs: Pick<LogSearch, 'windows'>;
  readonly rules: readonly LogMetricRule[];
  readonly range: LogRange;
  readonly sets: LabelSets;
  readonly signal: AbortSignal;
};

const UNITS: Readonly<Record<string, WindowNumber['unit']>> = { seconds: 'duration', bytes: 'size' };

/** Rules of one text count the same lines in the same windows by the same labels: one statement answers for all. */
export const linesOf = ({ query, labels, stepMs, settleMs, limit }: LogMetricRule): string =>
  JSON.stringify([query, labels, stepMs, settleMs, limit]);

/** The ends of the windows of a range that begins with one. */
export function endsOf({ from, to }: LogRange, stepMs: number): readonly number[] {
  return Array.from({ length: Math.floor((to - from) / stepMs) }, (_, i) => from + (i + 1) * stepMs);
}

/** Evaluates rules over windows. Throws `bad_query`, `limit_*`, `cancelled`, `unavailable`. */
export async function evaluate(options: EvaluationOptions): Promise<Evaluation> {
  const { rules, range, sets } = options;
  const { stepMs } = firstOf(rules);
  const found = await ask(options);
  const { rows, refused } = admitted(found.rows, sets);
  const samples: Samples = new Map();
  for (const [place, rule] of rules.entries()) {
    const keysOf = seriesKeys(rule);
    for (const row of rows) addRow(samples, rule, { row, keys: keysOf(row.labels), values: row.values[place] ?? [] });
  }
  addZeros(samples, rules, endsOf(range, stepMs), (end) => sets.at(end));
  const lines = rows.reduce((sum, row) => sum + row.lines, 0);
  return { samples, lines, refused, rowsRead: found.rowsRead, ms: found.ms };
}

/** Where there are more sets than a window may have, those that are known go first; that costs, and is asked for only then. */
async function ask({ logs, rules, range, sets, signal }: EvaluationOptions) {
  const { query, stepMs, limit, labels } = firstOf(rules);
  const question = { ...range, query, step: stepMs, limit, labels, numbers: rules.map(numberOf) };
  const wasTight = sets.isTight;
  const found = await logs.windows(wasTight ? { ...question, known: sets.texts } : question, signal);
  sets.isTight = found.rows.some((row) => row.sets > limit);
  if (wasTight || !sets.isTight || sets.size === 0) return found;
  const again = await logs.windows({ ...question, known: sets.texts }, signal);
  return { rows: again.rows, rowsRead: found.rowsRead + again.rowsRead, ms: found.ms + again.ms };
}

function numberOf({ field, unit, functions }: LogMetricRule): WindowNumber {
  return { field, unit: UNITS[unit] ?? 'number', functions: functions.map(windowFunction) };
}

function windowFunction(fn: string): WindowFunction {
  const quantile = quantileOf(fn);
  return quantile === undefined ? ((fn === 'rate' ? 'count' : fn) as WindowFunction) : { quantile };
}

type FoundRow = {
  readonly row: WindowRow;
  readonly keys: readonly string[];
  readonly values: readonly (number | null)[];
};

function addRow(samples: Samples, { functions, stepMs }: LogMetricRule, { row, keys, values }: FoundRow): void {
  for (const [i, fn] of functions.entries()) {
    const value = values[i] ?? null;
    if (value !== null) add(samples, keys[i] ?? '', [row.end, fn === 'rate' ? value / (stepMs / 1_000) : value]);
  }
}

/** Counts, rates and sums are 0 where known sets have no line. */
export function addZeros(
  samples: Samples,
  rules: readonly LogMetricRule[],
  ends: readonly number[],
  setsAt: (end: number) => readonly (readonly string[])[],
): void {
  for (const rule of rules) {
    const zeros = rule.functions.flatMap((fn, i) => (isZeroFilled(fn) ? [i] : []));
    if (zeros.length === 0) continue;
    const keysOf = seriesKeys(rule);
    for (const end of ends) {
      for (const texts of setsAt(end)) {
        const keys = keysOf(texts);
        for (const i of zeros) if (!samples.get(keys[i] ?? '')?.has(end)) add(samples, keys[i] ?? '', [end, 0]);
      }
    }
  }
}

function add(samples: Samples, key: string, [t, value]: readonly [number, number]): void {
  const series = samples.get(key);
  if (series === undefined) samples.set(key, new Map([[t, value]]));
  else series.set(t, value);
}

/** The series of a set of label values, one for each function. */
function seriesKeys(rule: LogMetricRule): (texts: readonly string[]) => readonly string[] {
  const known = new Map<string, readonly string[]>();
  return (texts) => {
    const id = texts.join('\x1f');
    let keys = known.get(id);
    if (keys === undefined) known.set(id, (keys = rule.functions.map((fn) => seriesKey(rule, fn, texts))));
    return keys;
  };
}

/** A label without a value is no label. */
function seriesKey(rule: LogMetricRule, fn: string, texts: readonly string[]): string {
  const labels = rule.labels.flatMap(({ name }, i) => (texts[i] ? [[name, texts[i]] as const] : []));
  const quantile = quantileOf(fn);
  return canonicalKey({
    [NAME_LABEL]: seriesNameOf(rule, fn),
    ...Object.fromEntries(labels),
    ...(quantile === undefined ? {} : { [QUANTILE_LABEL]: String(quantile) }),
  });
}

function firstOf(rules: readonly LogMetricRule[]): LogMetricRule {
  const [first] = rules;
  if (first === undefined) throw new RangeError('no rule is evaluated');
  return first;
}
