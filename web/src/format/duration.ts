const SECOND = 1_000;
const MINUTE = 60_000;
const HOUR = 3_600_000;
const DAY = 86_400_000;

/** A duration in ms in its two largest parts: `2 h 5 min`, `41 d 6 h`, `12 s`, `300 ms`. */
export function formatDuration(ms: number): string {
  if (!Number.isFinite(ms)) return '–';
  if (ms < SECOND) return `${Math.round(ms)} ms`;
  if (ms < MINUTE) return `${trim(ms / SECOND)} s`;
  if (ms < HOUR) return parts(ms, [MINUTE, 'min'], [SECOND, 's']);
  if (ms < DAY) return parts(ms, [HOUR, 'h'], [MINUTE, 'min']);
  return parts(ms, [DAY, 'd'], [HOUR, 'h']);
}

/** The age of a sample in ms: tenths under ten seconds, because a second is what live data is judged by. */
export function formatAge(ms: number): string {
  if (!Number.isFinite(ms)) return '–';
  const age = Math.max(0, ms);
  if (age < 10 * SECOND) return `${(age / SECOND).toFixed(1)} s`;
  if (age < MINUTE) return `${Math.round(age / SECOND)} s`;
  return formatDuration(age);
}

/** A step of a rollup: `5 min`, `1 h`, `10 s`. */
export function formatStep(ms: number): string {
  return formatDuration(ms);
}

type Part = readonly [size: number, suffix: string];

function parts(ms: number, [large, largeSuffix]: Part, [small, smallSuffix]: Part): string {
  const whole = Math.floor(ms / large);
  const rest = Math.floor((ms - whole * large) / small);
  return rest === 0 ? `${whole} ${largeSuffix}` : `${whole} ${largeSuffix} ${rest} ${smallSuffix}`;
}

function trim(value: number): string {
  return value >= 10 ? String(Math.round(value)) : String(Number(value.toFixed(1)));
}
