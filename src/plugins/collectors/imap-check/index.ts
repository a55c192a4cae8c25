import { defineCollector } from '#core/plugin/collector.ts';
import { imapCheckAlerts } from './alerts.ts';
import { imapCheck } from './check.ts';
import { addressOf, checkName, ImapCheckConfig } from './config.ts';
import { imapCheckDashboard } from './dashboard.ts';
import { IMAP_CHECK_METRICS } from './metrics.ts';

export default defineCollector<ImapCheckConfig>({
  title: 'IMAP and POP3 check',
  summary:
    'Talks with a server of mailboxes: greeting, STARTTLS with its certificates, login, and the mails that are there.',
  group: 'Checks of services',
  config: ImapCheckConfig,
  metrics: IMAP_CHECK_METRICS,
  defaultIntervalMs: 60_000,
  automatic: [],
  isCheck: true,
  target: checkName,
  address: addressOf,
  dashboard: imapCheckDashboard,
  alerts: imapCheckAlerts,
  start: (config, context) => ({ collect: imapCheck(config, context) }),
});
