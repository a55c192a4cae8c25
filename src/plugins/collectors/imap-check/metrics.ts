import { checkMetrics, connectionMetrics } from '#core/plugin/check-series.ts';
import { gauge, type MetricTable } from '#core/plugin/metric.ts';

const CHECK = ['check'];

/** Every series of the IMAP and POP3 check. */
export const IMAP_CHECK_METRICS = {
  ...checkMetrics('imapcheck', ['greeting', 'starttls', 'login', 'mailbox', 'certificate_ends']),
  ...connectionMetrics('imapcheck'),
  imapcheck_greeting_duration_seconds: gauge('seconds', 'Time from the open connection to the greeting.', CHECK),
  imapcheck_dialogue_duration_seconds: gauge('seconds', 'Time from the greeting to the end of the dialogue.', CHECK),
  imapcheck_messages: gauge('', 'Mails in the mailbox, after a login.', CHECK),
  imapcheck_unseen_messages: gauge('', 'Mails that nobody has seen (IMAP).', CHECK),
  imapcheck_mailbox_size_bytes: gauge('bytes', 'Size of all mails (POP3).', CHECK),
} as const satisfies MetricTable;
