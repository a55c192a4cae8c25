import type { LogStream, TelemetryConfig } from '../config.ts';
import { quoteText } from '../engine/literal.ts';

const DAY_MS = 86_400_000;
/** A row without an own length of life: it is kept as long as logs are by default. */
const BY_DEFAULT = 0;
const FOR_EVER = 65_535;
/** The last moment of a DateTime. */
const NEVER = 'toDateTime(4294967295)';

/** The days for which a log record is kept, from its service and source: the default of column `keep_days`. */
export function keepDaysExpression(streams: readonly LogStream[]): string {
  const rules = streams.map((stream) => `${conditionOf(stream)}, ${daysOf(stream.keep)}`);
  return rules.length === 0 ? `toUInt16(${BY_DEFAULT})` : `toUInt16(multiIf(${rules.join(', ')}, ${BY_DEFAULT}))`;
}

/** When a log record ends, of type DateTime; undefined: never. */
export function logExpiry({ logs, logStreams }: TelemetryConfig['retention']): string | undefined {
  if (logs === Number.POSITIVE_INFINITY && logStreams.length === 0) return undefined;
  const byDefault =
    logs === Number.POSITIVE_INFINITY ? NEVER : `toDateTime(ts) + toIntervalSecond(${Math.ceil(logs / 1000)})`;
  const own = `keep_days = ${FOR_EVER}, ${NEVER}, toDateTime(ts) + toIntervalDay(keep_days)`;
  return `multiIf(keep_days = ${BY_DEFAULT}, ${byDefault}, ${own})`;
}

/** The longest that any log record is kept, ms. */
export function longestLogLife({ logs, logStreams }: TelemetryConfig['retention']): number {
  return Math.max(logs, ...logStreams.map(({ keep }) => keep));
}

function daysOf(keepMs: number): number {
  return keepMs === Number.POSITIVE_INFINITY ? FOR_EVER : Math.min(FOR_EVER - 1, Math.ceil(keepMs / DAY_MS));
}

function conditionOf({ service, source }: LogStream): string {
  const like = (column: string, glob: string): string =>
    `(${column} LIKE ${quoteText(glob.replaceAll(/[\\%_]/g, '\\$&').replaceAll('*', '%'))})`;
  const parts = [
    service === undefined ? [] : [like('service', service)],
    source === undefined ? [] : [like('source', source)],
  ];
  return parts.flat().length === 0 ? '1' : parts.flat().join(' AND ');
}
