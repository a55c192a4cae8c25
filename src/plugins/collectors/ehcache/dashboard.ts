import { Dashboard } from '#core/api/dashboard.ts';
import { chart, INSTANCE_QUERIES, instanceVariable, placeRows, stat } from '#core/plugin/dashboard-rows.ts';

const { plain, rateBy } = INSTANCE_QUERIES;
const ZERO = { min: 0 };
const HIT_SHARE =
  'sum by (cache) (rate(ehcache_hits_total{instance="$instance"}[5m])) / (sum by (cache) (rate(ehcache_hits_total{instance="$instance"}[5m])) + sum by (cache) (rate(ehcache_misses_total{instance="$instance"}[5m])))';

/** The caches of one application; their series may also come of other collectors that read MBeans. */
export const ehcacheDashboard: Dashboard = Dashboard.parse({
  title: 'Ehcache',
  description: 'The caches of one Java application: hits, misses, objects.',
  tags: ['ehcache', 'java', 'cache'],
  variables: [instanceVariable('ehcache_hits_total')],
  panels: placeRows([
    {
      height: 4,
      panels: [
        stat('Hits per second', '', rateBy('ehcache_hits_total', 'instance', '')),
        stat('Misses per second', '', rateBy('ehcache_misses_total', 'instance', '')),
        stat('Objects', '', { text: 'sum by (instance) (ehcache_objects{instance="$instance"})' }),
      ],
    },
    {
      height: 8,
      panels: [
        chart('Share of hits by cache', 'ratio', [{ language: 'promql', text: HIT_SHARE, legend: '{{cache}}' }], {
          ...{ min: 0, max: 1 },
        }),
        chart('Misses per second by cache', '', [rateBy('ehcache_misses_total', 'cache', '{{cache}}')], ZERO),
      ],
    },
    {
      height: 8,
      panels: [
        chart('Objects by cache and tier', '', [plain('ehcache_objects', '{{cache}} {{tier}}')], ZERO),
        chart('Hits per second by tier', '', [rateBy('ehcache_tier_hits_total', 'tier', '{{tier}}')], ZERO),
      ],
    },
  ]),
});
