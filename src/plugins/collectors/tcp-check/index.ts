import { defineCollector } from '#core/plugin/collector.ts';
import { tcpCheckAlerts } from './alerts.ts';
import { tcpCheck } from './check.ts';
import { addressOf, checkName, TcpCheckConfig } from './config.ts';
import { tcpCheckDashboard } from './dashboard.ts';
import { TCP_CHECK_METRICS } from './metrics.ts';

export default defineCollector<TcpCheckConfig>({
  title: 'TCP check',
  summary: 'Connects to a port, with TLS if asked to, and checks what it says: mail, FTP, SSH, or a text of your own.',
  group: 'Checks of services',
  config: TcpCheckConfig,
  metrics: TCP_CHECK_METRICS,
  defaultIntervalMs: 30_000,
  automatic: [],
  isCheck: true,
  target: checkName,
  address: addressOf,
  dashboard: tcpCheckDashboard,
  alerts: tcpCheckAlerts,
  start: (config, context) => ({ collect: tcpCheck(config, context) }),
});
