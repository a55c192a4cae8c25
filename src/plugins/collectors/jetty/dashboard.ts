import { Dashboard } from '#core/api/dashboard.ts';
import { JVM_ROWS } from '#core/jmx/java-dashboard.ts';
import { chart, INSTANCE_QUERIES, instanceVariable, placeRows, stat } from '#core/plugin/dashboard-rows.ts';

const { plain, rateBy } = INSTANCE_QUERIES;
const ZERO = { min: 0 };

/** One Jetty; its series may also come of other collectors that read MBeans. */
export const jettyDashboard: Dashboard = Dashboard.parse({
  title: 'Jetty',
  description: 'One Jetty: requests, threads, connections, sessions, and its virtual machine.',
  tags: ['jetty', 'java'],
  variables: [instanceVariable('jetty_threads')],
  panels: placeRows([
    {
      height: 4,
      panels: [
        stat('Requests per second', '', rateBy('jetty_requests_total', 'instance', '')),
        stat('Requests in progress', '', plain('jetty_requests_active')),
        stat('Threads busy', '', { text: 'jetty_threads{instance="$instance",state="busy"}' }),
        stat('Heap in use', 'bytes', { text: 'jvm_memory_used_bytes{instance="$instance",area="heap"}' }),
      ],
    },
    {
      height: 8,
      panels: [
        chart('Responses per second by status', '', [rateBy('jetty_responses_total', 'code', '{{code}}')], ZERO),
        chart(
          'Seconds of work per second',
          '',
          [rateBy('jetty_request_time_seconds_total', 'instance', 'requests')],
          ZERO,
        ),
      ],
    },
    {
      height: 8,
      panels: [
        chart('Threads', '', [plain('jetty_threads', '{{state}}'), plain('jetty_queue', 'jobs that wait')], ZERO),
        chart('Connections', '', [plain('jetty_connections', 'open')], ZERO),
        chart('Sessions by context', '', [plain('jetty_sessions_active', '{{context}}')], ZERO),
      ],
    },
    ...JVM_ROWS,
  ]),
});
