import { Dashboard } from '#core/api/dashboard.ts';
import { chart, INSTANCE_QUERIES, instanceVariable, placeRows, stat } from '#core/plugin/dashboard-rows.ts';

const { plain, rateBy } = INSTANCE_QUERIES;

/** One nginx server. */
export const nginxDashboard: Dashboard = Dashboard.parse({
  title: 'nginx',
  description: 'One nginx server: requests and connections.',
  tags: ['nginx', 'web'],
  variables: [instanceVariable('nginx_requests_total')],
  panels: placeRows([
    {
      height: 4,
      panels: [
        stat('Requests per second', '', rateBy('nginx_requests_total', 'instance', '')),
        stat('Connections per second', '', rateBy('nginx_connections_accepted_total', 'instance', '')),
        stat('Active connections', '', {
          text: 'nginx_connections_current{instance="$instance",state="active"}',
        }),
      ],
    },
    {
      height: 8,
      panels: [
        chart('Requests over time', '', [rateBy('nginx_requests_total', 'instance', 'requests per second')], {
          min: 0,
        }),
        chart('Connections accepted and handled per second', '', [
          rateBy('nginx_connections_accepted_total', 'instance', 'accepted'),
          rateBy('nginx_connections_handled_total', 'instance', 'handled'),
        ]),
      ],
    },
    {
      height: 8,
      panels: [chart('Connections by state', '', [plain('nginx_connections_current', '{{state}}')], { min: 0 })],
    },
  ]),
});
