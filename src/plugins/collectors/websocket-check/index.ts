import { defineCollector } from '#core/plugin/collector.ts';
import { websocketCheckAlerts } from './alerts.ts';
import { websocketCheck } from './check.ts';
import { addressOf, checkName, WebsocketCheckConfig } from './config.ts';
import { websocketCheckDashboard } from './dashboard.ts';
import { WEBSOCKET_CHECK_METRICS } from './metrics.ts';

export default defineCollector<WebsocketCheckConfig>({
  title: 'WebSocket check',
  summary: 'Opens a WebSocket, pings, and checks the answer to a message: times of each phase, and certificates.',
  group: 'Checks of services',
  config: WebsocketCheckConfig,
  metrics: WEBSOCKET_CHECK_METRICS,
  defaultIntervalMs: 30_000,
  automatic: [],
  isCheck: true,
  target: checkName,
  address: addressOf,
  dashboard: websocketCheckDashboard,
  alerts: websocketCheckAlerts,
  start: (config, context) => ({ collect: websocketCheck(config, context) }),
});
