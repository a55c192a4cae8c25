import { checkMetrics, connectionMetrics } from '#core/plugin/check-series.ts';
import { gauge, type MetricTable } from '#core/plugin/metric.ts';

const CHECK = ['check'];

/** Every series of the SMTP check. */
export const SMTP_CHECK_METRICS = {
  ...checkMetrics('smtpcheck', ['greeting', 'ehlo', 'starttls', 'login', 'recipient', 'certificate_ends']),
  ...connectionMetrics('smtpcheck'),
  smtpcheck_greeting_duration_seconds: gauge('seconds', 'Time from the open connection to the greeting.', CHECK),
  smtpcheck_dialogue_duration_seconds: gauge('seconds', 'Time from the greeting to the end of the dialogue.', CHECK),
  smtpcheck_reply_code: gauge('', 'Code of the last reply before leave was taken.', CHECK),
  smtpcheck_starttls_offered: gauge('', '1 when the server offers STARTTLS.', CHECK),
  smtpcheck_size_limit_bytes: gauge('bytes', 'The largest mail that the server takes, where it says so.', CHECK),
} as const satisfies MetricTable;
