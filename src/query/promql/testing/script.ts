import type { Labels } from '#core/model/labels.ts';
import { readMetric } from './metric-text.ts';
import { numberOf } from './number-literal.ts';
import { readQuoted } from './quoted-text.ts';
import { readValues, type ScriptSample } from './series-values.ts';

/** A series of a script with its samples. */
export type ScriptSeries = { readonly labels: Labels; readonly samples: readonly ScriptSample[] };

/** What a message has to be: exactly this, of this pattern, or anything. */
export type MessageExpectation = { readonly kind: 'any' | 'msg' | 'regex'; readonly text: string };

/** Times in ms. */
export type EvalCommand = {
  readonly kind: 'eval';
  readonly line: number;
  readonly expr: string;
  readonly at: { readonly start: number; readonly end: number; readonly step: number } | number;
  readonly expected: Expectations;
};

export type LoadCommand = {
  readonly kind: 'load';
  readonly line: number;
  readonly gap: number;
  readonly withCustomBuckets: boolean;
  readonly series: readonly ScriptSeries[];
  /** Lines that are not understood (start timestamps): evaluations after them are not to be trusted. */
  readonly unread: readonly string[];
};

export type Command = { readonly kind: 'clear'; readonly line: number } | LoadCommand | EvalCommand;

/** What the lines below an `eval` ask for. */
export type Expectations = {
  readonly series: ScriptSeries[];
  scalar?: number;
  text?: string;
  /** The answer is a range vector with samples at these times. */
  rangeVector?: { readonly start: number; readonly end: number; readonly step: number };
  isOrdered?: boolean;
  fail?: MessageExpectation;
  readonly warn: MessageExpectation[];
  readonly info: MessageExpectation[];
  noWarn?: boolean;
  noInfo?: boolean;
};

const UNITS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
  y: 31_536_000_000,
};
const LOAD = /^load(_with_nhcb)?\s+(.+)$/;
const INSTANT = /^eval(?:_(fail|warn|ordered|info))?\s+instant\s+(?:at\s+(.+?))\s+(.+)$/;
const RANGE = /^eval(?:_(fail|warn|info))?\s+range\s+from\s+(.+)\s+to\s+(.+)\s+step\s+(.+?)\s+(.+)$/;
const EXPECT = /^expect\s+(ordered|fail|warn|no_warn|info|no_info)(?:\s+(regex|msg):(.+))?$/;
const EXPECT_RANGE = /^expect range vector\s+from\s+(.+)\s+to\s+(.+)\s+step\s+(.+)$/;

/** Reads a script of Prometheus' promqltest; commands keep the number of their line. */
export function parseScript(text: string): Command[] {
  const lines = text.split('\n').map((line) => (line.trim().startsWith('#') ? '' : line.trim()));
  const commands: Command[] = [];
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] ?? '';
    if (line === '') continue;
    const end = lines.indexOf('', i);
    const block = lines.slice(i + 1, end === -1 ? lines.length : end);
    if (line === 'clear') {
      commands.push({ kind: 'clear', line: i + 1 });
      continue;
    }
    commands.push(line.startsWith('load') ? loadOf(line, i + 1, block) : evalOf(line, i + 1, block));
    i += block.length;
  }
  return commands;
}

function durationOf(text: string): number {
  if (text === '0') return 0;
  if (!/^(\d+(ms|[smhdwy]))+$/.test(text)) throw new Error(`not a duration: ${text}`);
  return [...text.matchAll(/(\d+)(ms|[smhdwy])/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * (UNITS[unit ?? ''] ?? 0),
    0,
  );
}

function loadOf(text: string, line: number, block: readonly string[]): LoadCommand {
  const [, customBuckets, gap = ''] = LOAD.exec(text) ?? [];
  const isUnread = (one: string): boolean => /^\S*@st/.test(one);
  return {
    kind: 'load',
    line,
    gap: durationOf(gap.trim()),
    withCustomBuckets: customBuckets !== undefined,
    series: block.filter((one) => !isUnread(one)).map(seriesOf),
    unread: block.filter(isUnread),
  };
}

function seriesOf(text: string): ScriptSeries {
  const { labels, rest } = readMetric(text);
  return { labels, samples: readValues(rest) };
}

function evalOf(text: string, line: number, block: readonly string[]): EvalCommand {
  const range = RANGE.exec(text);
  const instant = range === null ? INSTANT.exec(text) : null;
  const [flag, expr] = range === null ? [instant?.[1], instant?.[3]] : [range[1], range[5]];
  if (expr === undefined) throw new Error(`line ${line}: not a command: ${text}`);
  const at =
    range === null
      ? durationOf(instant?.[2]?.trim() ?? '')
      : { start: durationOf(range[2] ?? ''), end: durationOf(range[3] ?? ''), step: durationOf(range[4] ?? '') };
  const expected: Expectations = { series: [], warn: [], info: [] };
  if (flag !== undefined) expect(expected, flag, { kind: 'any', text: '' });
  for (const one of block) readExpectation(one, expected);
  return { kind: 'eval', line, expr, at, expected };
}

function readExpectation(line: string, expected: Expectations): void {
  const failure = /^expected_fail_(message|regexp)\s+(.*)$/.exec(line);
  const range = EXPECT_RANGE.exec(line);
  const other = EXPECT.exec(line);
  if (failure !== null) expected.fail = { kind: failure[1] === 'message' ? 'msg' : 'regex', text: failure[2] ?? '' };
  else if (range !== null) {
    const [start = 0, end = 0, step = 0] = range.slice(1).map((text) => durationOf(text.trim()));
    expected.rangeVector = { start, end, step };
  } else if (line.startsWith('expect string')) {
    expected.text = readQuoted(line.slice('expect string'.length).trim())?.value ?? '';
  } else if (other !== null) {
    const kind = (other[2] ?? 'any') as MessageExpectation['kind'];
    expect(expected, other[1] ?? '', { kind, text: (other[3] ?? '').trim() });
  } else readResult(line, expected);
}

function readResult(line: string, expected: Expectations): void {
  const scalar = /^[\d+.\-a-zA-Z_]+$/.test(line) ? numberOrUndefined(line) : undefined;
  if (scalar === undefined) expected.series.push(seriesOf(line));
  else expected.scalar = scalar;
}

function numberOrUndefined(text: string): number | undefined {
  try {
    return numberOf(text);
  } catch {
    return undefined;
  }
}

function expect(expected: Expectations, what: string, message: MessageExpectation): void {
  if (what === 'ordered') expected.isOrdered = true;
  else if (what === 'fail') expected.fail = message;
  else if (what === 'warn' || what === 'info') expected[what].push(message);
  else if (what === 'no_warn') expected.noWarn = true;
  else expected.noInfo = true;
}
