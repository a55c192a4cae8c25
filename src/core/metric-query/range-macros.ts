/** What the macros of a query stand for. All in ms. */
export type RangeMacros = {
  readonly stepMs: number;
  readonly fromMs: number;
  readonly toMs: number;
  /** How often the series are collected: a rate looks back over four of these at least. */
  readonly collectMs?: number;
};

const DEFAULT_COLLECT_MS = 15_000;
const SECOND = 1_000;
const WINDOW_SAMPLES = 4;
const MACRO = /\$\{(__\w+)(?::([^}]*))?\}|\$(__\w+)|\[\[(__\w+)\]\]/g;

/**
 * Resolves the macros that Grafana's Prometheus data source knows (its documentation, "Use $__rate_interval"):
 * `$__interval(_ms)`, `$__rate_interval(_ms)`, `$__range(_s|_ms)`, `$__from`, `$__to` (with `:date`, `:date:seconds`),
 * `$__auto` and `$__auto_interval_…`. Others stay as they are.
 */
export function substituteRangeMacros(text: string, macros: RangeMacros): string {
  if (!text.includes('__')) return text;
  return text.replace(MACRO, (whole, braced?: string, format?: string, bare?: string, old?: string) => {
    const name = braced ?? bare ?? old ?? '';
    return macroValue(name, macros, format) ?? whole;
  });
}

/** True when a text has a macro of the range: its answer depends on the step or the range. */
export function hasRangeMacro(text: string): boolean {
  return substituteRangeMacros(text, { stepMs: SECOND, fromMs: 0, toMs: SECOND }) !== text;
}

function macroValue(name: string, macros: RangeMacros, format: string | undefined): string | undefined {
  const { stepMs, fromMs, toMs, collectMs = DEFAULT_COLLECT_MS } = macros;
  const rateMs = Math.max(stepMs + collectMs, WINDOW_SAMPLES * collectMs);
  const rangeMs = toMs - fromMs;
  if (name === '__auto' || name.startsWith('__auto_interval')) return duration(stepMs);
  switch (name) {
    case '__interval':
      return duration(stepMs);
    case '__interval_ms':
      return String(Math.round(stepMs));
    case '__rate_interval':
      return duration(rateMs);
    case '__rate_interval_ms':
      return String(Math.round(rateMs));
    case '__range':
      return `${seconds(rangeMs)}s`;
    case '__range_s':
      return String(seconds(rangeMs));
    case '__range_ms':
      return String(Math.round(rangeMs));
    case '__from':
      return instant(fromMs, format);
    case '__to':
      return instant(toMs, format);
    default:
      return undefined;
  }
}

const seconds = (ms: number): number => Math.max(1, Math.round(ms / SECOND));

/** The shortest text that both PromQL and Graphite read; ms only where it must. */
function duration(ms: number): string {
  const whole = Math.max(1, Math.round(ms));
  return whole % SECOND === 0 ? `${whole / SECOND}s` : `${whole}ms`;
}

function instant(ms: number, format: string | undefined): string {
  if (format === 'date:seconds') return String(Math.floor(ms / SECOND));
  return format === undefined || !format.startsWith('date') ? String(Math.round(ms)) : new Date(ms).toISOString();
}
