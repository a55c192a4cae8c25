import { defineCollector } from '#core/plugin/collector.ts';
import { pingCheckAlerts } from './alerts.ts';
import { pingCheck } from './check.ts';
import { checkName, PingCheckConfig } from './config.ts';
import { pingCheckDashboard } from './dashboard.ts';
import { PING_CHECK_METRICS } from './metrics.ts';

export default defineCollector<PingCheckConfig>({
  title: 'Ping',
  summary: 'Sends echo requests (ICMP) to a host: round trip and loss.',
  group: 'Checks of services',
  config: PingCheckConfig,
  metrics: PING_CHECK_METRICS,
  keyFigure: { metric: 'pingcheck_rtt_seconds', where: { stat: 'avg' } },
  defaultIntervalMs: 30_000,
  automatic: [],
  isCheck: true,
  target: checkName,
  address: ({ host }) => ({ host }),
  dashboard: pingCheckDashboard,
  alerts: pingCheckAlerts,
  start: (config, context) => ({ collect: pingCheck(config, context) }),
});
