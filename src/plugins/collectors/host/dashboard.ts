import { Dashboard } from '#core/api/dashboard.ts';
import { chart, type DashboardRow, type PanelInput, placeRows, stat } from '#core/plugin/dashboard-rows.ts';

const STACKED = { stack: true, fill: true };
const HOST = 'host="$host"';
const WORN = [
  { value: 0.8, status: 'warning' },
  { value: 0.95, status: 'critical' },
] as const;

/** A query that sums the rates of a counter by these labels. */
function rateBy(metric: string, labels: string, legend: string, match = ''): { text: string; legend: string } {
  return { text: `sum by (${labels}) (rate(${metric}{${HOST}${match}}))`, legend };
}

/** A query of the host's series of a metric as they are. */
function plain(metric: string, legend = '', match = ''): { text: string; legend: string } {
  return { text: `${metric}{${HOST}${match}}`, legend };
}

function statOf(title: string, unit: string, metric: string, match = ''): PanelInput {
  return stat(title, unit, plain(metric, '', match));
}

function gauge(title: string, query: { text: string; legend: string }): PanelInput {
  return { type: 'gauge', title, unit: 'ratio', min: 0, max: 1, thresholds: [...WORN], queries: [query] };
}

const ROWS: readonly DashboardRow[] = [
  {
    height: 4,
    panels: [
      statOf('Uptime', 'seconds', 'system_uptime_seconds'),
      gauge('CPU', plain('system_cpu_utilization_ratio')),
      gauge('Memory', plain('system_memory_utilization_ratio', 'used', ',system_memory_state="used"')),
      gauge('Fullest filesystem', { text: `max by (host) (system_filesystem_utilization_ratio{${HOST}})`, legend: '' }),
      statOf('Load, 1 minute', '', 'system_cpu_load_average_1m'),
      statOf('Cores', '', 'system_cpu_logical_count'),
    ],
  },
  {
    height: 8,
    panels: [
      chart(
        'CPU time by mode, in cores',
        '',
        [rateBy('system_cpu_time_seconds_total', 'cpu_mode', '{{cpu_mode}}', ',cpu_mode!="idle"')],
        { min: 0, options: STACKED },
      ),
      chart('Memory by state', 'bytes', [plain('system_memory_usage_bytes', '{{system_memory_state}}')], {
        min: 0,
        options: STACKED,
      }),
    ],
  },
  {
    height: 7,
    panels: [
      chart('Load', '', [
        plain('system_cpu_load_average_1m', '1 minute'),
        plain('system_cpu_load_average_5m', '5 minutes'),
        plain('system_cpu_load_average_15m', '15 minutes'),
      ]),
      chart('Busy share of each core', 'ratio', [
        rateBy(
          'system_cpu_time_seconds_total',
          'cpu_logical_number',
          'core {{cpu_logical_number}}',
          ',cpu_mode!="idle",cpu_mode!="iowait"',
        ),
      ]),
      chart('Time that tasks waited', 'ratio', [
        rateBy('system_pressure_stalled_seconds_total', 'resource, kind', '{{resource}}, {{kind}}'),
      ]),
    ],
  },
  {
    height: 7,
    panels: [
      chart('Disk throughput', 'bytes_per_second', [
        rateBy(
          'system_disk_io_bytes_total',
          'system_device, disk_io_direction',
          '{{system_device}} {{disk_io_direction}}',
        ),
      ]),
      chart('Disk operations per second', '', [
        rateBy(
          'system_disk_operations_total',
          'system_device, disk_io_direction',
          '{{system_device}} {{disk_io_direction}}',
        ),
      ]),
      chart('Disk utilisation', 'ratio', [
        rateBy('system_disk_io_time_seconds_total', 'system_device', '{{system_device}}'),
      ]),
    ],
  },
  {
    height: 7,
    panels: [
      chart(
        'Disk operations under way, mean',
        '',
        [
          rateBy(
            'system_disk_operation_time_seconds_total',
            'system_device, disk_io_direction',
            '{{system_device}} {{disk_io_direction}}',
          ),
        ],
        { description: 'Divided by the operations per second this is the mean time of an operation.' },
      ),
      {
        type: 'table',
        title: 'Filesystems',
        unit: 'ratio',
        thresholds: [...WORN],
        queries: [plain('system_filesystem_utilization_ratio', '{{system_filesystem_mountpoint}}')],
      },
      chart('Free space', 'bytes', [
        plain('system_filesystem_usage_bytes', '{{system_filesystem_mountpoint}}', ',system_filesystem_state="free"'),
      ]),
    ],
  },
  {
    height: 7,
    panels: [
      chart('Network received', 'bytes_per_second', [
        rateBy(
          'system_network_io_bytes_total',
          'network_interface_name',
          '{{network_interface_name}}',
          ',network_io_direction="receive"',
        ),
      ]),
      chart('Network sent', 'bytes_per_second', [
        rateBy(
          'system_network_io_bytes_total',
          'network_interface_name',
          '{{network_interface_name}}',
          ',network_io_direction="transmit"',
        ),
      ]),
      chart('Network errors and drops per second', '', [
        rateBy('system_network_errors_total', 'network_io_direction', 'errors {{network_io_direction}}'),
        rateBy('system_network_packet_dropped_total', 'network_io_direction', 'dropped {{network_io_direction}}'),
        rateBy('system_network_tcp_retransmits_total', 'host', 'TCP retransmits'),
      ]),
    ],
  },
  {
    height: 7,
    panels: [
      chart('TCP connections by state', '', [plain('system_network_connection_count', '{{network_connection_state}}')]),
      chart('Processes by status', '', [plain('system_process_count', '{{status}}')]),
      chart('Processes created, context switches per second', '', [
        rateBy('system_process_created_total', 'host', 'processes created'),
        rateBy('system_context_switches_total', 'host', 'context switches'),
      ]),
    ],
  },
  {
    height: 7,
    panels: [
      chart('Swap', 'bytes', [plain('system_paging_usage_bytes', '{{system_paging_state}}')], { options: STACKED }),
      chart('Pages swapped, major faults per second', '', [
        rateBy('system_paging_operations_total', 'system_paging_direction', 'swapped {{system_paging_direction}}'),
        rateBy('system_paging_faults_total', 'host', 'major faults', ',system_paging_fault_type="major"'),
      ]),
      chart('Open file handles', '', [plain('system_file_handle_count', 'open')]),
      chart('Temperature', 'celsius', [plain('system_temperature_celsius', '{{sensor}}')]),
    ],
  },
];

/** The built-in dashboard of one host. */
export const hostDashboard: Dashboard = Dashboard.parse({
  title: 'Host',
  description: 'One machine: processors, memory, disks, network, processes.',
  tags: ['host'],
  from: 'now-15m',
  variables: [{ name: 'host', title: 'Host', kind: 'label', label: 'host', match: 'system_uptime_seconds{}' }],
  panels: placeRows(ROWS),
});
