import { LOG_SEVERITIES } from '#core/model/log-record.ts';

const { trace, debug, info, warn, error, fatal } = LOG_SEVERITIES;

/** Of numeric levels: pino's and bunyan's (10–60), syslog's (0–7); 0 for others. */
export function severityOfNumber(level: number): number {
  if (level >= 10 && level <= 60)
    return level >= 60
      ? fatal
      : level >= 50
        ? error
        : level >= 40
          ? warn
          : level >= 30
            ? info
            : level >= 20
              ? debug
              : trace;
  return [24, 21, 18, error, warn, 10, info, debug][level] ?? 0;
}

/** Of a HTTP status: 5xx error, 4xx warning, else info. */
export function severityOfStatus(status: number): number {
  return status >= 500 ? error : status >= 400 ? warn : info;
}
