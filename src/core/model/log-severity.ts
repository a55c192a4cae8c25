import { LOG_SEVERITIES } from './log-record.ts';

const { trace, debug, info, warn, error, fatal } = LOG_SEVERITIES;

/** The words of levels, in lower case. MongoDB's and glog's letters, PostgreSQL's, Java's, Python's, syslog's among them. */
const WORDS: Readonly<Record<string, number>> = {
  trace,
  trc: trace,
  finest: trace,
  finer: trace,
  verbose: trace,
  silly: trace,
  v: trace,
  t: trace,
  all: trace,
  debug,
  dbg: debug,
  deb: debug,
  fine: debug,
  d: debug,
  d1: debug,
  d2: debug,
  d3: debug,
  d4: debug,
  d5: debug,
  debug1: debug,
  debug2: debug,
  debug3: debug,
  debug4: debug,
  debug5: debug,
  info,
  inf: info,
  information: info,
  informational: info,
  log: info,
  i: info,
  config: info,
  system: info,
  success: info,
  audit: info,
  detail: info,
  hint: info,
  context: info,
  statement: info,
  location: info,
  query: info,
  ok: info,
  notice: 10,
  note: 10,
  n: 10,
  default: info,
  warn,
  warning: warn,
  wrn: warn,
  w: warn,
  error,
  err: error,
  e: error,
  failure: error,
  severe: error,
  failed: error,
  critical: 18,
  crit: 18,
  c: 18,
  alert: 19,
  panic: fatal,
  fatal,
  ftl: fatal,
  f: fatal,
  emergency: 24,
  emerg: 24,
  dpanic: fatal,
  off: 0,
  unknown: 0,
};

const EXACT = new Map(Object.entries(WORDS));
for (const [word, severity] of Object.entries(WORDS)) EXACT.set(word.toUpperCase(), severity);

/** OpenTelemetry's severity number of a level's word in any case (`WARN`, `Error`, `severe`, `trace3`), 0 for a word that is none. */
export function severityOf(word: string): number {
  const known = EXACT.get(word);
  if (known !== undefined) return known;
  if (word.length > 16) return 0;
  const lower = word.trim().toLowerCase();
  return EXACT.get(lower) ?? EXACT.get(lower.replace(/\d+$/, '')) ?? 0;
}
