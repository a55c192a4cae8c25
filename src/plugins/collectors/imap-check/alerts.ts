import type { AlertRule } from '#core/plugin/alert-rule.ts';

/** What is worth waking up for, until the operator says otherwise. */
export const imapCheckAlerts: readonly AlertRule[] = [
  {
    name: 'IMAP check fails',
    expr: 'imapcheck_ok == 0',
    for: '2m',
    severity: 'critical',
    summary: 'The check {{check}} of {{instance}} fails.',
  },
  {
    name: 'IMAP check cannot run',
    expr: 'nocmate_collector_up{collector="imap-check"} == 0',
    for: '2m',
    severity: 'major',
    summary: 'The check {{target}} cannot run.',
  },
  {
    name: 'Certificate of an IMAP server ends soon',
    expr: 'imapcheck_tls_cert_remaining_seconds < 1209600',
    for: '10m',
    severity: 'warning',
    summary: 'A certificate that the check {{check}} of {{instance}} meets ends in less than 14 days.',
  },
  {
    name: 'Server of mailboxes greets late',
    expr: 'imapcheck_greeting_duration_seconds > 5',
    for: '10m',
    severity: 'warning',
    summary: '{{instance}} takes {{value}} s to greet.',
  },
];
