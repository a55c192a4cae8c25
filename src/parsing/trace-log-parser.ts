import type { LogFieldChange, LogStepTrace } from '#core/api/log-rules.ts';
import type { LogRecord, RawLog } from '#core/model/log-record.ts';
import { TimestampReader } from '#core/timestamps/timestamp-reader.ts';
import { createZone } from '#core/timestamps/zone.ts';
import { draftOf, type LogParserOptions, recordOf } from './create-log-parser.ts';
import { createRecogniser } from './recognise.ts';
import { compileRules } from './rules/compile-rules.ts';
import { changesBetween, snapshot } from './rules/trace-rules.ts';

/** What became of a line, step by step. */
export type LogTrace = {
  /** Undefined when a step dropped it. */
  readonly record: LogRecord | undefined;
  /** The format that was recognised, '' for none. */
  readonly format: string;
  /** Of the recognition of its format, and what that changed. */
  readonly micros: number;
  readonly recognised: readonly LogFieldChange[];
  /** Places of the rules that took it. */
  readonly matched: readonly number[];
  readonly steps: readonly LogStepTrace[];
};

/**
 * As the log parser, telling what each step did and what it cost: for the test bench of rules. `clock` gives µs. Throws as
 * `createLogParser`.
 */
export function traceLogParser(options: LogParserOptions, clock: () => number): (raw: RawLog, now: number) => LogTrace {
  const zone = createZone(options.zone ?? 'UTC');
  const recogniser = createRecogniser(zone, new TimestampReader(zone));
  const rules = compileRules(options.rules ?? { rules: [], patterns: {} }, {
    zone,
    ...(options.geoip && { geoip: options.geoip }),
    ...(options.onFault && { onFault: options.onFault }),
  });
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  return (raw, now) => {
    const draft = draftOf(raw, (bytes) => decoder.decode(bytes));
    const before = snapshot(draft);
    const start = clock();
    const named = raw.format ?? '';
    const isNamed = named !== '' && named !== 'auto';
    let format = '';
    if (isNamed) format = recogniser.as(named, draft.body, draft, now) ? named : '';
    else if (options.recognise !== false) format = recogniser.recognise(draft.body, draft, now);
    const micros = clock() - start;
    const recognised = changesBetween(before, snapshot(draft));
    const { kept, ...traced } = rules.trace(draft, now, clock);
    return { record: kept ? recordOf(raw, draft, now) : undefined, format, micros, recognised, ...traced };
  };
}
