import { defineCollector } from '#core/plugin/collector.ts';
import { addressOfUrl, addressText } from '#core/plugin/target-options.ts';
import { xenAlerts } from './alerts.ts';
import { XenReader } from './collect.ts';
import { XenConfig } from './config.ts';
import { xenDashboard } from './dashboard.ts';
import { XEN_METRICS } from './metrics.ts';
import { XenSession } from './session.ts';

export default defineCollector<XenConfig>({
  title: 'XenServer and XCP-ng',
  summary: 'Reads hosts, virtual machines and storage of a pool from XAPI and the round-robin data of its hosts.',
  group: 'Virtualisation',
  config: XenConfig,
  metrics: XEN_METRICS,
  defaultIntervalMs: 30_000,
  automatic: [],
  target: ({ url }) => addressText(addressOfUrl(url)),
  address: ({ url }) => addressOfUrl(url),
  limits: { perHost: 1, perCredential: 4 },
  dashboard: xenDashboard,
  alerts: xenAlerts,
  start: (config, context) => {
    const session = new XenSession(config, context);
    const reader = new XenReader(session);
    return { collect: ({ signal }) => reader.collect(signal), close: () => session.close() };
  },
});
