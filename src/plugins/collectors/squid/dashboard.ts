import { Dashboard } from '#core/api/dashboard.ts';
import { chart, INSTANCE_QUERIES, instanceVariable, placeRows, stat } from '#core/plugin/dashboard-rows.ts';

const { plain, rateBy } = INSTANCE_QUERIES;
const ZERO = { min: 0 };

/** One Squid. */
export const squidDashboard: Dashboard = Dashboard.parse({
  title: 'Squid',
  description: 'One Squid proxy: requests, hits, traffic, storage, times.',
  tags: ['squid', 'cache', 'web'],
  variables: [instanceVariable('squid_info')],
  panels: placeRows([
    {
      height: 4,
      panels: [
        stat('Requests per second', '', rateBy('squid_client_requests_total', 'instance', '')),
        stat('Hits per second', '', rateBy('squid_client_hits_total', 'instance', '')),
        stat('Median time', 'seconds', { text: 'squid_service_time_median_seconds{instance="$instance",kind="all"}' }),
        stat('Clients', '', plain('squid_clients')),
      ],
    },
    {
      height: 8,
      panels: [
        chart(
          'Requests of clients',
          '',
          [
            rateBy('squid_client_requests_total', 'instance', 'requests per second'),
            rateBy('squid_client_hits_total', 'instance', 'hits per second'),
            rateBy('squid_client_errors_total', 'instance', 'errors per second'),
          ],
          ZERO,
        ),
        chart('Traffic with clients', 'bytes_per_second', [
          rateBy('squid_client_traffic_bytes_total', 'direction', '{{direction}}'),
          rateBy('squid_client_hit_bytes_total', 'instance', 'from the cache'),
        ]),
      ],
    },
    {
      height: 8,
      panels: [
        chart(
          'Requests to servers per second',
          '',
          [rateBy('squid_server_requests_total', 'protocol', '{{protocol}}')],
          ZERO,
        ),
        chart('Median times', 'seconds', [plain('squid_service_time_median_seconds', '{{kind}}')], ZERO),
      ],
    },
    {
      height: 8,
      panels: [
        chart('Storage', 'bytes', [plain('squid_storage_bytes', '{{place}}')], ZERO),
        chart('Processor time', 'ratio', [rateBy('squid_cpu_time_seconds_total', 'instance', 'used')], ZERO),
        chart('Open files', '', [plain('squid_files_open', 'open')], ZERO),
      ],
    },
  ]),
});
