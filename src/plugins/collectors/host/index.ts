import { defineCollector } from '#core/plugin/collector.ts';
import { HostConfig } from './config.ts';
import { createFastSources } from './fast-sources.ts';
import { HOST_METRICS } from './metrics.ts';

export default defineCollector<HostConfig>({
  title: 'Host',
  summary: 'Measures the machine the server runs on, from /proc and /sys.',
  config: HostConfig,
  metrics: HOST_METRICS,
  defaultIntervalMs: 1_000,
  automatic: [{}],
  target: ({ procPath }) => (procPath === '/proc' ? 'localhost' : procPath),
  start: ({ procPath }) => {
    const fast = createFastSources(procPath);
    return { collect: () => fast.read(), close: fast.close };
  },
});
