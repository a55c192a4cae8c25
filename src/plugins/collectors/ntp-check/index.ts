import { defineCollector } from '#core/plugin/collector.ts';
import { ntpCheckAlerts } from './alerts.ts';
import { ntpCheck } from './check.ts';
import { addressOf, checkName, NtpCheckConfig } from './config.ts';
import { ntpCheckDashboard } from './dashboard.ts';
import { NTP_CHECK_METRICS } from './metrics.ts';

export default defineCollector<NtpCheckConfig>({
  title: 'NTP check',
  summary: 'Asks a time server for the time: offset to this machine, stratum, and how good its time is.',
  group: 'Checks of services',
  config: NtpCheckConfig,
  metrics: NTP_CHECK_METRICS,
  keyFigure: { metric: 'ntpcheck_offset_seconds' },
  defaultIntervalMs: 60_000,
  automatic: [],
  isCheck: true,
  target: checkName,
  address: addressOf,
  dashboard: ntpCheckDashboard,
  alerts: ntpCheckAlerts,
  start: (config, context) => ({ collect: ntpCheck(config, context) }),
});
