import { Dashboard } from '#core/api/dashboard.ts';
import { chart, INSTANCE_QUERIES, instanceVariable, placeRows, stat } from '#core/plugin/dashboard-rows.ts';

const { plain, rateBy } = INSTANCE_QUERIES;
const count = (metric: string, status: string) => ({
  text: `sum by (instance) (${metric}{instance="$instance",status="${status}"})`,
});

/** One BIG-IP. */
export const bigIpDashboard: Dashboard = Dashboard.parse({
  title: 'F5 BIG-IP',
  description: 'One BIG-IP: virtual servers, pools and their members, wide IPs.',
  tags: ['f5', 'load balancer'],
  variables: [instanceVariable('bigip_failover')],
  panels: placeRows([
    {
      height: 4,
      panels: [
        stat('Virtual servers offline', '', count('bigip_virtual_server_availability', 'offline')),
        stat('Pool members offline', '', count('bigip_pool_member_availability', 'offline')),
        stat('Requests per second', '', rateBy('bigip_virtual_server_requests_total', 'instance', '')),
        stat('Active in its pair', '', { text: 'bigip_failover{instance="$instance",state="active"}' }),
      ],
    },
    {
      height: 8,
      panels: [
        chart('Received by virtual server', 'bytes_per_second', [
          {
            text: 'sum by (virtual_server) (rate(bigip_virtual_server_data_bytes_total{instance="$instance",direction="received"}))',
            legend: '{{virtual_server}}',
          },
        ]),
        chart('Connections by virtual server', '', [plain('bigip_virtual_server_connections', '{{virtual_server}}')], {
          min: 0,
        }),
      ],
    },
    {
      height: 8,
      panels: [
        chart('Connections by pool member', '', [plain('bigip_pool_member_connections', '{{pool}} {{member}}')], {
          min: 0,
        }),
        chart('Members by pool', '', [plain('bigip_pool_members', '{{pool}} {{status}}')], { min: 0 }),
        chart('Connections that wait', '', [plain('bigip_pool_queue', '{{pool}}')], { min: 0 }),
      ],
    },
    {
      height: 8,
      panels: [
        chart('DNS requests per second by wide IP', '', [
          rateBy('bigip_wideip_requests_total', 'wideip', '{{wideip}}'),
        ]),
        chart('Memory', 'bytes', [plain('bigip_memory_used_bytes', '{{place}}')], { min: 0 }),
        chart('Processors of the traffic engine', 'ratio', [plain('bigip_tmm_cpu_ratio', '{{tmm}}')], { min: 0 }),
      ],
    },
  ]),
});
