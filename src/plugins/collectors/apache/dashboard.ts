import { Dashboard } from '#core/api/dashboard.ts';
import { chart, INSTANCE_QUERIES, instanceVariable, placeRows, stat } from '#core/plugin/dashboard-rows.ts';

const { plain, rateBy } = INSTANCE_QUERIES;

/** One Apache server. */
export const apacheDashboard: Dashboard = Dashboard.parse({
  title: 'Apache',
  description: 'One Apache server: requests, traffic, workers, balancers.',
  tags: ['apache', 'web'],
  variables: [instanceVariable('apache_scoreboard')],
  panels: placeRows([
    {
      height: 4,
      panels: [
        stat('Requests per second', '', rateBy('apache_requests_total', 'instance', '')),
        stat('Sent', 'bytes_per_second', rateBy('apache_traffic_bytes_total', 'instance', '')),
        stat('Busy workers', '', { text: 'apache_workers{instance="$instance",state="busy"}' }),
      ],
    },
    {
      height: 8,
      panels: [
        chart('Requests over time', '', [rateBy('apache_requests_total', 'instance', 'requests per second')], {
          min: 0,
        }),
        chart('Traffic', 'bytes_per_second', [rateBy('apache_traffic_bytes_total', 'instance', 'sent')], { min: 0 }),
      ],
    },
    {
      height: 8,
      panels: [
        chart('Workers by what they do', '', [plain('apache_scoreboard', '{{state}}')], { min: 0 }),
        chart('Connections without a worker', '', [plain('apache_connections_async', '{{state}}')], { min: 0 }),
        chart('Processor time', 'ratio', [rateBy('apache_cpu_time_seconds_total', 'mode', '{{mode}}')], { min: 0 }),
      ],
    },
    {
      height: 8,
      panels: [
        chart('Requests per second by member of a balancer', '', [
          rateBy('apache_balancer_elected_total', 'balancer, member', '{{balancer}} {{member}}'),
        ]),
        chart('Members of balancers in error', '', [
          { text: 'apache_balancer_member{instance="$instance",state="error"}', legend: '{{balancer}} {{member}}' },
        ]),
      ],
    },
  ]),
});
