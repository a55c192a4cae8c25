import { defineCollector } from '#core/plugin/collector.ts';
import { nagiosPluginAlerts } from './alerts.ts';
import { nagiosPlugin } from './check.ts';
import { NagiosPluginConfig, targetName } from './config.ts';
import { nagiosPluginDashboard } from './dashboard.ts';
import { NAGIOS_PLUGIN_METRICS } from './metrics.ts';

export default defineCollector<NagiosPluginConfig>({
  title: 'Nagios plugin',
  summary: 'Runs a plugin for Nagios and its like, takes its state, and makes series of its perfdata.',
  group: 'Checks of services',
  config: NagiosPluginConfig,
  metrics: NAGIOS_PLUGIN_METRICS,
  keyFigure: { metric: 'nagioscheck_duration_seconds' },
  defaultIntervalMs: 60_000,
  automatic: [],
  isCheck: true,
  target: targetName,
  address: ({ host }) => (host === undefined ? undefined : { host }),
  dashboard: nagiosPluginDashboard,
  alerts: nagiosPluginAlerts,
  start: (config, context) => ({ collect: nagiosPlugin(config, context) }),
});
