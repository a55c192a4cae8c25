import type { LogRuleFault, TriedLogLine, TriedLogRules, TriedStep } from '#core/api/log-rule-api.ts';
import type { LogFieldChange, LogRules } from '#core/api/log-rules.ts';
import type { RawLog } from '#core/model/log-record.ts';
import { pairsOf } from '#parsing/log-draft.ts';
import type { GeoLookup } from '#parsing/rules/geo-lookup.ts';
import { type LogTrace, traceLogParser } from '#parsing/trace-log-parser.ts';

/** Rules and the lines that they are tried on. */
export type Trial = {
  readonly rules: LogRules;
  readonly lines: readonly RawLog[];
  /** Pasted lines are recognised first, stored ones were when they came. */
  readonly recognise: boolean;
  /** ms since the epoch. */
  readonly now: number;
};

export type TrialTools = {
  readonly zone: string;
  readonly geoip?: GeoLookup;
  readonly faults: readonly LogRuleFault[];
};

/** Lines are tried for so long; those that are left are not. */
const MAX_MS = 1_500;
/** Code that runs for the first time is slower than it ever will be again. */
const WARM_UP_MS = 20;
const WARM_UP_RUNS = 1_000;
/** Of so many lines each step is shown, while there is room. */
const MAX_SHOWN = 200;
const MAX_SHOWN_TEXT = 1_000_000;
const MAX_VALUE = 4_000;

type Sum = { -readonly [Name in keyof TriedStep]: number };
type RuleSum = { matched: number; failed: number; dropped: number; readonly steps: readonly Sum[] };

/** Runs lines through recognition and rules, as the intake would, and tells what each step did. Faults are not tried. */
export function tryRules({ rules, lines, recognise, now }: Trial, { faults, zone, geoip }: TrialTools): TriedLogRules {
  const options = { rules, recognise, zone, onFault: () => undefined, ...(geoip && { geoip }) };
  const trace = traceLogParser(options, () => performance.now() * 1_000);
  warmUp(lines, (line) => trace(line, now));
  const sums = rules.rules.map(({ steps }): RuleSum => ({ matched: 0, failed: 0, dropped: 0, steps: steps.map(none) }));
  const shown: TriedLogLine[] = [];
  const end = performance.now() + MAX_MS;
  let room = MAX_SHOWN_TEXT;
  let total = 0;
  let dropped = 0;
  for (const line of lines) {
    if (performance.now() > end) break;
    const traced = trace(line, now);
    total += 1;
    if (traced.record === undefined) dropped += 1;
    addUp(sums, traced);
    if (shown.length >= MAX_SHOWN || room <= 0) continue;
    const tried = triedLine(line, traced);
    room -= JSON.stringify(tried).length;
    shown.push(tried);
  }
  const meaned = sums.map((sum) => ({ ...sum, steps: sum.steps.map(mean) }));
  return { faults, lines: shown, total, dropped, rules: meaned, isCut: total < lines.length };
}

function warmUp(lines: readonly RawLog[], run: (line: RawLog) => void): void {
  const end = performance.now() + WARM_UP_MS;
  for (let i = 0; i < WARM_UP_RUNS && lines.length > 0 && performance.now() < end; i += 1) {
    const line = lines[i % lines.length];
    if (line !== undefined) run(line);
  }
}

const none = (): Sum => ({ runs: 0, failed: 0, dropped: 0, micros: 0 });
const mean = ({ micros, ...sum }: Sum): TriedStep => ({ ...sum, micros: sum.runs === 0 ? 0 : micros / sum.runs });

function addUp(sums: readonly RuleSum[], { matched, steps }: LogTrace): void {
  for (const place of matched) {
    const sum = sums[place];
    if (sum !== undefined) sum.matched += 1;
  }
  const failed = new Set<RuleSum>();
  for (const { place, outcome, micros } of steps) {
    const rule = sums[place[0]];
    const step = rule?.steps[place[1]];
    if (rule === undefined || step === undefined) continue;
    step.runs += 1;
    step.micros += micros;
    if (outcome === 'failed') {
      step.failed += 1;
      failed.add(rule);
    } else if (outcome === 'dropped') {
      step.dropped += 1;
      rule.dropped += 1;
    }
  }
  for (const rule of failed) rule.failed += 1;
}

function triedLine(line: RawLog, { record, format, micros, recognised, steps }: LogTrace): TriedLogLine {
  const { body, host = '', service = '', source = '' } = line;
  const fields = record === undefined ? new Map<string, string>() : pairsOf(record.attributes);
  return {
    before: { body: clip(body.toString()), host, service, source },
    ...{ format, micros },
    recognised: recognised.map(clipped),
    steps: steps.map((step) => ({ ...step, changes: step.changes.map(clipped) })),
    isDropped: record === undefined,
    after: {
      body: clip(record?.body.toString() ?? ''),
      fields: Object.fromEntries([...fields].map(([name, value]) => [name, clip(value)])),
    },
  };
}

function clipped({ name, before, after }: LogFieldChange): LogFieldChange {
  return {
    name,
    before: before === undefined ? undefined : clip(before),
    after: after === undefined ? undefined : clip(after),
  };
}

const clip = (text: string): string => (text.length > MAX_VALUE ? `${text.slice(0, MAX_VALUE)}…` : text);
