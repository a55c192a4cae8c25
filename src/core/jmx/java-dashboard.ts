import { Dashboard } from '../api/dashboard.ts';
import {
  chart,
  type DashboardRow,
  INSTANCE_QUERIES,
  instanceVariable,
  placeRows,
  stat,
} from '../plugin/dashboard-rows.ts';

const { plain, rateBy } = INSTANCE_QUERIES;
const ZERO = { min: 0 };

/** Rows of the virtual machine, by the series of the rule set `jvm`. */
export const JVM_ROWS: readonly DashboardRow[] = [
  {
    height: 8,
    panels: [
      chart('Memory by area', 'bytes', [plain('jvm_memory_used_bytes', '{{area}}')], ZERO),
      chart('Memory by pool', 'bytes', [plain('jvm_memory_pool_used_bytes', '{{pool}}')], ZERO),
    ],
  },
  {
    height: 8,
    panels: [
      chart('Time of collections', 'ratio', [rateBy('jvm_gc_time_seconds_total', 'gc', '{{gc}}')], ZERO),
      chart('Processor time', 'ratio', [rateBy('jvm_cpu_time_seconds_total', 'instance', 'used')], ZERO),
      chart('Threads of the virtual machine', '', [plain('jvm_threads', '{{kind}}')], ZERO),
    ],
  },
];

/** The virtual machines that the collector `service` reads. */
export function javaDashboard(title: string, service: string): Dashboard {
  return Dashboard.parse({
    title,
    description: 'One virtual machine of Java: memory, garbage collection, threads, classes, files.',
    tags: [service, 'java'],
    variables: [
      { ...instanceVariable('jvm_uptime_seconds_total'), match: `jvm_uptime_seconds_total{service="${service}"}` },
    ],
    panels: placeRows([
      {
        height: 4,
        panels: [
          stat('Heap in use', 'bytes', { text: 'jvm_memory_used_bytes{instance="$instance",area="heap"}' }),
          stat('Heap at most', 'bytes', { text: 'jvm_memory_limit_bytes{instance="$instance",area="heap"}' }),
          stat('Processor time', 'ratio', rateBy('jvm_cpu_time_seconds_total', 'instance', ''), {
            title: 'Processors busy',
          }),
          stat('Threads', '', { text: 'jvm_threads{instance="$instance",kind="all"}' }),
        ],
      },
      ...JVM_ROWS,
      {
        height: 8,
        panels: [
          chart('Collections per second', '', [rateBy('jvm_gc_collections_total', 'gc', '{{gc}}')], ZERO),
          chart('Classes', '', [plain('jvm_classes_loaded', 'loaded')], ZERO),
          chart('Open files', '', [plain('jvm_files_open', 'open')], ZERO),
        ],
      },
    ]),
  });
}
