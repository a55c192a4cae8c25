import { defineCollector } from '#core/plugin/collector.ts';
import { HostConfig } from './config.ts';
import { hostDashboard } from './dashboard.ts';
import { createFastSources } from './fast-sources.ts';
import { HOST_METRICS } from './metrics.ts';
import { createSlowReader, slowSourcesOf } from './slow-sources.ts';

export default defineCollector<HostConfig>({
  title: 'Host',
  summary: 'Measures the machine the server runs on, from /proc and /sys.',
  group: 'This machine',
  config: HostConfig,
  metrics: HOST_METRICS,
  keyFigure: { metric: 'system_cpu_utilization_ratio' },
  defaultIntervalMs: 1_000,
  automatic: [{}],
  isPaced: true,
  target: ({ procPath }) => (procPath === '/proc' ? 'localhost' : procPath),
  dashboard: hostDashboard,
  start: (config) => {
    const fast = createFastSources(config.procPath);
    const slow = createSlowReader(slowSourcesOf(config));
    return {
      collect: async ({ scheduledAt }) => {
        const now = await fast.read();
        const paced = await slow.read(scheduledAt);
        return { values: [...now.values, ...paced.values], problems: [...now.problems, ...paced.problems] };
      },
      close: fast.close,
    };
  },
});
