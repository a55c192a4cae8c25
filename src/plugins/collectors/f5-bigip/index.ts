import { defineCollector } from '#core/plugin/collector.ts';
import { addressOfUrl, addressText } from '#core/plugin/target-options.ts';
import { bigIpAlerts } from './alerts.ts';
import { collectBigIp } from './collect.ts';
import { BigIpConfig } from './config.ts';
import { bigIpDashboard } from './dashboard.ts';
import { BIGIP_METRICS } from './metrics.ts';
import { BigIpSession } from './session.ts';

export default defineCollector<BigIpConfig>({
  title: 'F5 BIG-IP',
  summary: 'Reads virtual servers, pools, members, nodes, wide IPs and the device from iControl REST.',
  group: 'Load balancers',
  config: BigIpConfig,
  metrics: BIGIP_METRICS,
  defaultIntervalMs: 60_000,
  automatic: [],
  target: ({ url }) => addressText(addressOfUrl(url)),
  address: ({ url }) => addressOfUrl(url),
  limits: { perHost: 1, perCredential: 4 },
  dashboard: bigIpDashboard,
  alerts: bigIpAlerts,
  start: (config, context) => {
    const session = new BigIpSession(config, context);
    return {
      collect: ({ signal }) => collectBigIp((path) => session.get(path, signal)),
      close: () => session.close(),
    };
  },
});
