import { CollectError } from '#core/plugin/collect-error.ts';
import { type Collection, defineCollector } from '#core/plugin/collector.ts';
import { varnishAlerts } from './alerts.ts';
import { instanceOf, VarnishConfig } from './config.ts';
import { varnishDashboard } from './dashboard.ts';
import { varnishDiscovery } from './discovery.ts';
import { VARNISH_METRICS } from './metrics.ts';
import { parseStatistics } from './parse.ts';

const MS = 1_000;
const LARGEST_BYTES = 8 * 2 ** 20;

export default defineCollector<VarnishConfig>({
  title: 'Varnish',
  summary: 'Reads requests, hits, backends and storage of a Varnish on this machine by varnishstat.',
  group: 'Caches and brokers',
  config: VarnishConfig,
  metrics: VARNISH_METRICS,
  keyFigure: { metric: 'varnish_requests_total' },
  defaultIntervalMs: 10_000,
  automatic: [],
  target: instanceOf,
  discovery: varnishDiscovery,
  dashboard: varnishDashboard,
  alerts: varnishAlerts,
  start: (config, { programs }) => ({
    collect: async ({ signal, scheduledAt }): Promise<Collection> => {
      const args = ['-1', '-j', ...(config.name === undefined ? [] : ['-n', config.name])];
      const { exitCode, stdout, stderr } = await programs.run('varnishstat', args, { signal, maxBytes: LARGEST_BYTES });
      if (exitCode !== 0)
        throw new CollectError('unreachable', `varnishstat ended with ${exitCode}: ${lastLine(stderr)}`);
      const values = parseStatistics(stdout);
      const uptime = values.find(({ metric }) => metric === 'varnish_uptime_seconds_total')?.value;
      const labels = { service: 'varnish', instance: instanceOf(config) };
      return {
        values: values.map((one) => ({ ...one, labels: { ...labels, ...one.labels } })),
        ...(uptime === undefined ? {} : { startedAt: scheduledAt - uptime * MS }),
      };
    },
  }),
});

const lastLine = (text: string): string => text.trim().split('\n').at(-1) ?? '';
