import { defineCollector } from '#core/plugin/collector.ts';
import { dnsCheckAlerts } from './alerts.ts';
import { dnsCheck } from './check.ts';
import { addressOf, DnsCheckConfig, targetName } from './config.ts';
import { dnsCheckDashboard } from './dashboard.ts';
import { DNS_CHECK_METRICS } from './metrics.ts';

export default defineCollector<DnsCheckConfig>({
  title: 'DNS check',
  summary: 'Asks a DNS server for the records of a name, by UDP or TCP: time, answers, authority and DNSSEC.',
  group: 'Checks of services',
  config: DnsCheckConfig,
  metrics: DNS_CHECK_METRICS,
  keyFigure: { metric: 'dnscheck_query_duration_seconds' },
  defaultIntervalMs: 30_000,
  automatic: [],
  isCheck: true,
  target: targetName,
  address: addressOf,
  dashboard: dnsCheckDashboard,
  alerts: dnsCheckAlerts,
  start: (config, context) => ({ collect: dnsCheck(config, context) }),
});
