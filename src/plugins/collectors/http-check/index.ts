import { defineCollector } from '#core/plugin/collector.ts';
import { addressOfUrl } from '#core/plugin/target-options.ts';
import { httpCheckAlerts } from './alerts.ts';
import { httpCheck } from './check.ts';
import { checkName, HttpCheckConfig } from './config.ts';
import { httpCheckDashboard } from './dashboard.ts';
import { HTTP_CHECK_METRICS } from './metrics.ts';

export default defineCollector<HttpCheckConfig>({
  title: 'HTTP check',
  summary: 'Asks for a URL on a new connection: times of each phase, and whether the answer is what it should be.',
  group: 'Checks of services',
  config: HttpCheckConfig,
  metrics: HTTP_CHECK_METRICS,
  defaultIntervalMs: 30_000,
  automatic: [],
  isCheck: true,
  target: checkName,
  address: ({ url }) => addressOfUrl(url),
  dashboard: httpCheckDashboard,
  alerts: httpCheckAlerts,
  start: (config, context) => ({ collect: httpCheck(config, context) }),
});
