import { Dashboard } from '#core/api/dashboard.ts';
import { chart, INSTANCE_QUERIES, instanceVariable, placeRows, stat } from '#core/plugin/dashboard-rows.ts';

const { plain, rateBy } = INSTANCE_QUERIES;

/** Rates of a counter for one type of rows. */
const rateOf = (metric: string, type: string, by: string, legend: string) => ({
  text: `sum by (${by}) (rate(${metric}{instance="$instance",type="${type}"}))`,
  legend,
});

/** One HAProxy. */
export const haproxyDashboard: Dashboard = Dashboard.parse({
  title: 'HAProxy',
  description: 'One HAProxy: frontends, backends and their servers.',
  tags: ['haproxy', 'load balancer'],
  variables: [instanceVariable('haproxy_sessions_total')],
  panels: placeRows([
    {
      height: 4,
      panels: [
        stat('Requests per second', '', rateOf('haproxy_requests_total', 'frontend', 'instance', '')),
        stat('Sessions open', '', {
          text: 'sum by (instance) (haproxy_sessions_count{instance="$instance",type="frontend"})',
        }),
        stat('Servers down', '', {
          text: 'sum by (instance) (haproxy_status{instance="$instance",type="server",state="down"})',
        }),
      ],
    },
    {
      height: 8,
      panels: [
        chart(
          'Requests per second by frontend',
          '',
          [rateOf('haproxy_requests_total', 'frontend', 'proxy', '{{proxy}}')],
          {
            min: 0,
          },
        ),
        chart('Answers per second by class', '', [rateOf('haproxy_responses_total', 'frontend', 'code', '{{code}}')], {
          min: 0,
        }),
      ],
    },
    {
      height: 8,
      panels: [
        chart('Times servers were chosen, per second', '', [
          rateOf('haproxy_selected_total', 'server', 'proxy, server', '{{proxy}} {{server}}'),
        ]),
        chart('Response time of servers', 'seconds', [
          {
            text: 'haproxy_time_average_seconds{instance="$instance",type="server",phase="response"}',
            legend: '{{proxy}} {{server}}',
          },
        ]),
        chart('Servers down over time', '', [
          { text: 'haproxy_status{instance="$instance",type="server",state="down"}', legend: '{{proxy}} {{server}}' },
        ]),
      ],
    },
    {
      height: 8,
      panels: [
        chart('Traffic', 'bytes_per_second', [
          rateOf('haproxy_input_bytes_total', 'frontend', 'proxy', '{{proxy}} in'),
          rateOf('haproxy_output_bytes_total', 'frontend', 'proxy', '{{proxy}} out'),
        ]),
        chart('Errors per second', '', [
          rateBy('haproxy_requests_errors_total', 'proxy', '{{proxy}} requests'),
          rateBy('haproxy_connections_errors_total', 'proxy', '{{proxy}} connections'),
          rateBy('haproxy_responses_errors_total', 'proxy', '{{proxy}} answers'),
        ]),
        chart('Requests that wait', '', [plain('haproxy_requests_queued', '{{proxy}} {{server}}')], { min: 0 }),
      ],
    },
  ]),
});
