import { defineCollector } from '#core/plugin/collector.ts';
import { smtpCheckAlerts } from './alerts.ts';
import { smtpCheck } from './check.ts';
import { addressOf, checkName, SmtpCheckConfig } from './config.ts';
import { smtpCheckDashboard } from './dashboard.ts';
import { SMTP_CHECK_METRICS } from './metrics.ts';

export default defineCollector<SmtpCheckConfig>({
  title: 'SMTP check',
  summary:
    'Talks with a mail server: greeting, STARTTLS with its certificates, login, and whether it takes mail for an address.',
  group: 'Checks of services',
  config: SmtpCheckConfig,
  metrics: SMTP_CHECK_METRICS,
  defaultIntervalMs: 60_000,
  automatic: [],
  isCheck: true,
  target: checkName,
  address: addressOf,
  dashboard: smtpCheckDashboard,
  alerts: smtpCheckAlerts,
  start: (config, context) => ({ collect: smtpCheck(config, context) }),
});
