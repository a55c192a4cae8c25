import { Dashboard } from '#core/api/dashboard.ts';
import { chart, INSTANCE_QUERIES, instanceVariable, placeRows, stat } from '#core/plugin/dashboard-rows.ts';

const { plain, rateBy } = INSTANCE_QUERIES;

/** One Tomcat. */
export const tomcatDashboard: Dashboard = Dashboard.parse({
  title: 'Tomcat',
  description: 'One Tomcat: requests, threads, sessions, and its virtual machine.',
  tags: ['tomcat', 'java'],
  variables: [instanceVariable('tomcat_threads')],
  panels: placeRows([
    {
      height: 4,
      panels: [
        stat('Requests per second', '', rateBy('tomcat_requests_total', 'instance', '')),
        stat('Errors per second', '', rateBy('tomcat_errors_total', 'instance', '')),
        stat('Sessions', '', { text: 'sum by (instance) (tomcat_sessions_active{instance="$instance"})' }),
        stat('Heap in use', 'bytes', { text: 'jvm_memory_used_bytes{instance="$instance",area="heap"}' }),
      ],
    },
    {
      height: 8,
      panels: [
        chart('Requests per second by connector', '', [rateBy('tomcat_requests_total', 'connector', '{{connector}}')], {
          min: 0,
        }),
        chart(
          'Requests in work, on average',
          '',
          [rateBy('tomcat_request_time_seconds_total', 'connector', '{{connector}}')],
          {
            min: 0,
          },
        ),
      ],
    },
    {
      height: 8,
      panels: [
        chart('Threads', '', [plain('tomcat_threads', '{{connector}} {{state}}')], { min: 0 }),
        chart('Sessions by context', '', [plain('tomcat_sessions_active', '{{context}}')], { min: 0 }),
        chart('Connections of data sources', '', [plain('tomcat_datasource_connections', '{{datasource}} {{state}}')]),
      ],
    },
    {
      height: 8,
      panels: [
        chart('Memory by area', 'bytes', [plain('jvm_memory_used_bytes', '{{area}}')], { min: 0 }),
        chart('Time of collections', 'ratio', [rateBy('jvm_gc_time_seconds_total', 'gc', '{{gc}}')], { min: 0 }),
        chart('Processor time', 'ratio', [rateBy('jvm_cpu_time_seconds_total', 'instance', 'used')], { min: 0 }),
      ],
    },
  ]),
});
