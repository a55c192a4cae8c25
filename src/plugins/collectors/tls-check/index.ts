import { defineCollector } from '#core/plugin/collector.ts';
import { tlsCheckAlerts } from './alerts.ts';
import { tlsCheck } from './check.ts';
import { addressOf, checkName, TlsCheckConfig } from './config.ts';
import { tlsCheckDashboard } from './dashboard.ts';
import { TLS_CHECK_METRICS } from './metrics.ts';

export default defineCollector<TlsCheckConfig>({
  title: 'TLS check',
  summary: 'Looks at the TLS of a server, after STARTTLS where need be: chain, ends, names, version and cipher.',
  group: 'Checks of services',
  config: TlsCheckConfig,
  metrics: TLS_CHECK_METRICS,
  defaultIntervalMs: 60_000,
  automatic: [],
  isCheck: true,
  target: checkName,
  address: addressOf,
  dashboard: tlsCheckDashboard,
  alerts: tlsCheckAlerts,
  start: (config, context) => ({ collect: tlsCheck(config, context) }),
});
