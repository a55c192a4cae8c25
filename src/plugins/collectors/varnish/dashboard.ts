import { Dashboard } from '#core/api/dashboard.ts';
import { chart, INSTANCE_QUERIES, instanceVariable, placeRows, stat } from '#core/plugin/dashboard-rows.ts';

const { plain, rateBy } = INSTANCE_QUERIES;
const ZERO = { min: 0 };

/** One Varnish. */
export const varnishDashboard: Dashboard = Dashboard.parse({
  title: 'Varnish',
  description: 'One Varnish: requests, hits, backends, storage, threads.',
  tags: ['varnish', 'cache', 'web'],
  variables: [instanceVariable('varnish_threads')],
  panels: placeRows([
    {
      height: 4,
      panels: [
        stat('Requests per second', '', rateBy('varnish_requests_total', 'instance', '')),
        stat('Hits per second', '', {
          text: 'sum by (instance) (rate(varnish_lookups_total{instance="$instance",result="hit"}))',
        }),
        stat('Objects', '', plain('varnish_objects')),
        stat('Sent', 'bytes_per_second', {
          text: 'sum by (instance) (rate(varnish_traffic_bytes_total{instance="$instance",direction="sent"}))',
        }),
      ],
    },
    {
      height: 8,
      panels: [
        chart('Looks into the cache per second', '', [rateBy('varnish_lookups_total', 'result', '{{result}}')], ZERO),
        chart('Traffic with clients', 'bytes_per_second', [
          rateBy('varnish_traffic_bytes_total', 'direction', '{{direction}}'),
        ]),
      ],
    },
    {
      height: 8,
      panels: [
        chart(
          'Requests to backends per second',
          '',
          [rateBy('varnish_backend_requests_total', 'backend', '{{backend}}')],
          ZERO,
        ),
        chart('Probes of backends', '', [plain('varnish_backend_probe_ok', '{{vcl}} {{backend}}')], { min: 0, max: 1 }),
        chart(
          'Failures of backends per second',
          '',
          [rateBy('varnish_backend_failures_total', 'backend', '{{backend}}')],
          ZERO,
        ),
      ],
    },
    {
      height: 8,
      panels: [
        chart('Storage in use', 'bytes', [plain('varnish_storage_used_bytes', '{{storage}}')], ZERO),
        chart(
          'Objects removed per second',
          '',
          [rateBy('varnish_objects_removed_total', 'reason', '{{reason}}')],
          ZERO,
        ),
        chart('Threads', '', [plain('varnish_threads', 'threads'), plain('varnish_queue', 'sessions that wait')], ZERO),
      ],
    },
  ]),
});
