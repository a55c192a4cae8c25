import { javaAlerts } from '#core/jmx/java-alerts.ts';
import { javaDashboard } from '#core/jmx/java-dashboard.ts';
import { ownMetrics, readingsOf } from '#core/jmx/jmx-options.ts';
import { type CollectorInstance, defineCollector } from '#core/plugin/collector.ts';
import type { TargetContext } from '#core/plugin/target-context.ts';
import { addressText } from '#core/plugin/target-options.ts';
import { addressOf, JmxConfig } from './config.ts';
import { jmxDiscovery } from './discovery.ts';
import { greetRmi } from './handshake.ts';
import { JMX_METRICS } from './metrics.ts';
import { parseAnswer } from './parse.ts';
import { JmxSidecar } from './sidecar.ts';

export default defineCollector<JmxConfig>({
  title: 'Java (JMX)',
  summary: 'Reads MBeans of any Java application over RMI, by ready rules and rules of your own.',
  group: 'Application servers',
  config: JmxConfig,
  metrics: JMX_METRICS,
  keyFigure: { metric: 'jvm_memory_used_bytes', where: { area: 'heap' } },
  ownMetrics,
  defaultIntervalMs: 15_000,
  automatic: [],
  target: (config) => addressText(addressOf(config)),
  address: addressOf,
  discovery: jmxDiscovery,
  dashboard: javaDashboard('Java (JMX)', 'jmx'),
  alerts: javaAlerts('jmx', 'The Java application'),
  start: startWith(new JmxSidecar()),
});

/** All targets share the virtual machine that speaks RMI. */
function startWith(sidecar: JmxSidecar): (config: JmxConfig, context: TargetContext) => CollectorInstance {
  return (config, context) => {
    const readings = readingsOf(config);
    const asked = readings.flatMap(({ bean, attributes }) => [bean, attributes.join(',')]);
    const address = addressOf(config);
    sidecar.open();
    return {
      collect: async ({ signal }) => {
        await greetRmi(context, address, signal);
        const { username = '', password } = config;
        const secret = password === undefined ? '' : await context.secret(password);
        return parseAnswer(await sidecar.ask([addressText(address), username, secret, ...asked], signal), readings);
      },
      close: async () => sidecar.close(addressText(address)),
    };
  };
}
