import { CollectError } from '#core/plugin/collect-error.ts';
import { defineCollector } from '#core/plugin/collector.ts';
import { addressOfUrl, addressText } from '#core/plugin/target-options.ts';
import { jbossAlerts } from './alerts.ts';
import { collectJBoss } from './collect.ts';
import { JBossConfig } from './config.ts';
import { jbossDashboard } from './dashboard.ts';
import { jbossDiscovery } from './discovery.ts';
import { JBOSS_METRICS } from './metrics.ts';

const REFUSED = [401, 403];
/** Answers of the management interface: what an operation could not do is a 500 with its reason. */
const ANSWERS = [200, 500];

export default defineCollector<JBossConfig>({
  title: 'JBoss / WildFly',
  summary:
    'Reads web listeners, deployments, data sources, transactions, queues and the virtual machine from the management interface.',
  group: 'Application servers',
  config: JBossConfig,
  metrics: JBOSS_METRICS,
  defaultIntervalMs: 30_000,
  automatic: [],
  target: ({ url }) => addressText(addressOfUrl(url)),
  address: ({ url }) => addressOfUrl(url),
  limits: { perHost: 1 },
  discovery: jbossDiscovery,
  dashboard: jbossDashboard,
  alerts: jbossAlerts,
  start: (config, { http }) => ({
    collect: ({ signal }) =>
      collectJBoss(async (operation) => {
        const headers = { 'content-type': 'application/json' };
        const options = { ...config, signal, method: 'POST', headers, body: JSON.stringify(operation) } as const;
        const { status, body } = await http.request(config.url, options);
        if (REFUSED.includes(status)) throw new CollectError('auth', `${config.url} answered with status ${status}`);
        if (!ANSWERS.includes(status)) throw new CollectError('answer', `${config.url} answered with status ${status}`);
        return body.toString();
      }),
  }),
});
