import type { LogFields } from '#core/model/log-record.ts';

/** A syslog message taken apart; '' and undefined where the sender said nothing (RFC 5424's NILVALUE). */
export type SyslogMessage = {
  /** 0–23; undefined without a PRI. */
  readonly facility: number | undefined;
  /** 0 (emergency) – 7 (debug); undefined without a PRI. */
  readonly severity: number | undefined;
  /** Ms since the epoch, with fractions to the µs. */
  readonly t: number | undefined;
  readonly host: string;
  readonly app: string;
  readonly procid: string;
  readonly msgid: string;
  /** RFC 5424 §6.3 as `id.param`, value, in turn; an element without parameters as `id`, ''. */
  readonly structured: LogFields;
  readonly body: string;
  /** 5424 or 3164; 0 = no header was found, `body` is everything. */
  readonly rfc: 5424 | 3164 | 0;
};

const FACILITIES =
  'kern user mail daemon auth syslog lpr news uucp cron authpriv ftp ntp security console solaris-cron local0 local1 local2 local3 local4 local5 local6 local7'.split(
    ' ',
  );
const SEVERITIES = [24, 21, 18, 17, 13, 10, 9, 5] as const;

/** RFC 5424's keyword of a facility (`local0`), '' for none. */
export function facilityName(facility: number | undefined): string {
  return facility === undefined ? '' : (FACILITIES[facility] ?? '');
}

/** OpenTelemetry's severity number of a syslog severity (0 emergency = 24 … 7 debug = 5); 0 for none. */
export function syslogSeverity(severity: number | undefined): number {
  return severity === undefined ? 0 : (SEVERITIES[severity] ?? 0);
}
