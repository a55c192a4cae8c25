import type { LogParserCounts } from '#core/api/log-rule-api.ts';
import type { LogRecord, RawLog } from '#core/model/log-record.ts';

/** Makes records of lines: recognises formats, applies the rules of the operator. Pure; one per stream of rules. */
export type LogParser = {
  /**
   * The record of a line; undefined when a filter leaves it out. `now` is the time of arrival (ms): the time of lines that
   * bear none, and what years and zones that are not written are told from. Never throws: what cannot be parsed is kept whole.
   */
  readonly parse: (raw: RawLog, now: number) => LogRecord | undefined;
};

/** A log parser that tells what it has done. */
export type CountingLogParser = LogParser & {
  /** Since it was made. */
  readonly counts: () => LogParserCounts;
};
