import { LOG_SEVERITIES } from './log-record.ts';

const { trace, debug, info, warn, error, fatal } = LOG_SEVERITIES;

/** Words that senders write into a field that is a level for certain. */
const WORDS: Readonly<Record<string, number>> = {
  ...{ trace, trc: trace, finest: trace, finer: trace, verbose: trace, debug, dbg: debug, fine: debug },
  ...{ info, inf: info, information: info, informational: info, config: info, log: info, notice: 10 },
  ...{ warn, warning: warn, wrn: warn, error, err: error, severe: error, failure: error },
  ...{ critical: 18, crit: 18, alert: 19, fatal, panic: fatal, emergency: 24, emerg: 24 },
};

/** OpenTelemetry's severity number of a level's word in any case, 0 for what is none. */
export function severityOfLevel(word: string): number {
  const key = word.trim().toLowerCase();
  return Object.hasOwn(WORDS, key) ? (WORDS[key] ?? 0) : 0;
}
