import { defineCollector } from '#core/plugin/collector.ts';
import { ldapCheckAlerts } from './alerts.ts';
import { ldapCheck } from './check.ts';
import { addressOf, checkName, LdapCheckConfig } from './config.ts';
import { ldapCheckDashboard } from './dashboard.ts';
import { LDAP_CHECK_METRICS } from './metrics.ts';

export default defineCollector<LdapCheckConfig>({
  title: 'LDAP check',
  summary: 'Binds to a directory and searches in it: times, entries, and certificates.',
  group: 'Checks of services',
  config: LdapCheckConfig,
  metrics: LDAP_CHECK_METRICS,
  defaultIntervalMs: 30_000,
  automatic: [],
  isCheck: true,
  target: checkName,
  address: addressOf,
  dashboard: ldapCheckDashboard,
  alerts: ldapCheckAlerts,
  start: (config, context) => ({ collect: ldapCheck(config, context) }),
});
