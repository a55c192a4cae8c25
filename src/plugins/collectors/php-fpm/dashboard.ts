import { Dashboard } from '#core/api/dashboard.ts';
import { chart, INSTANCE_QUERIES, instanceVariable, placeRows, stat } from '#core/plugin/dashboard-rows.ts';

const { plain, rateBy } = INSTANCE_QUERIES;
const ZERO = { min: 0 };

/** The pools of one address. */
export const phpFpmDashboard: Dashboard = Dashboard.parse({
  title: 'PHP-FPM',
  description: 'Pools of PHP-FPM: requests, queue, processes.',
  tags: ['php', 'web'],
  variables: [instanceVariable('phpfpm_processes')],
  panels: placeRows([
    {
      height: 4,
      panels: [
        stat('Requests per second', '', rateBy('phpfpm_requests_accepted_total', 'instance', '')),
        stat('Requests that wait', '', { text: 'sum by (instance) (phpfpm_queue{instance="$instance"})' }),
        stat('Processes active', '', {
          text: 'sum by (instance) (phpfpm_processes{instance="$instance",state="active"})',
        }),
      ],
    },
    {
      height: 8,
      panels: [
        chart('Requests per second by pool', '', [rateBy('phpfpm_requests_accepted_total', 'pool', '{{pool}}')], ZERO),
        chart('Queue', '', [plain('phpfpm_queue', '{{pool}}')], ZERO),
      ],
    },
    {
      height: 8,
      panels: [
        chart('Processes by pool', '', [plain('phpfpm_processes', '{{pool}} {{state}}')], ZERO),
        chart(
          'Limit of processes reached per second',
          '',
          [rateBy('phpfpm_children_limit_reached_total', 'pool', '{{pool}}')],
          ZERO,
        ),
        chart('Slow requests per second', '', [rateBy('phpfpm_slow_requests_total', 'pool', '{{pool}}')], ZERO),
      ],
    },
    {
      height: 8,
      panels: [
        chart(
          'Time of last requests',
          'seconds',
          [plain('phpfpm_last_request_duration_seconds', '{{pool}} {{of}}')],
          ZERO,
        ),
        chart('Memory of last requests', 'bytes', [plain('phpfpm_last_request_memory_bytes', '{{pool}} {{of}}')], ZERO),
      ],
    },
  ]),
});
