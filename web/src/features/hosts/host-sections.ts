import { type HostChart, type HostQueries, hostChart, keyCharts } from '#web/data/host-charts.ts';

/** Charts of a host under one heading. */
export type HostSection = { readonly id: string; readonly title: string; readonly charts: readonly HostChart[] };

/** All charts of a host, by section; the first section is what the page opens with. */
export function hostSections(queries: HostQueries): readonly HostSection[] {
  return [
    { id: 'overview', title: 'Overview', charts: [...keyCharts(queries), ...vitalSigns(queries)] },
    { id: 'cpu', title: 'CPU', charts: cpuCharts(queries) },
    { id: 'memory', title: 'Memory', charts: memoryCharts(queries) },
    { id: 'disks', title: 'Disks', charts: diskCharts(queries) },
    { id: 'network', title: 'Network', charts: networkCharts(queries) },
  ];
}

function vitalSigns({ rate, plain }: HostQueries): HostChart[] {
  const stalled = rate('', 'system_pressure_stalled_seconds_total', '{{resource}} {{kind}}', 'kind="some"');
  return [
    hostChart('Pressure', 'ratio', [stalled]),
    hostChart('TCP retransmits', 'per_second', [rate('', 'system_network_tcp_retransmits_total', 'segments')]),
    hostChart('Processes', '', [plain('system_process_count', '{{status}}')]),
  ];
}

function cpuCharts({ rate, plain }: HostQueries): HostChart[] {
  const busy = 'cpu_mode!="idle", cpu_mode!="iowait"';
  return [
    hostChart('Busy share by core', 'ratio', [
      rate('sum by (cpu_logical_number)', 'system_cpu_time_seconds_total', 'core {{cpu_logical_number}}', busy),
    ]),
    hostChart('Context switches', 'per_second', [rate('', 'system_context_switches_total', 'switches')]),
    hostChart('Interrupts', 'per_second', [rate('', 'system_interrupts_total', 'interrupts')]),
    hostChart('Waiting tasks', '', [
      plain('system_process_runnable_count', 'runnable'),
      plain('system_process_blocked_count', 'blocked'),
    ]),
  ];
}

function memoryCharts({ rate, plain }: HostQueries): HostChart[] {
  return [
    hostChart('Available', 'bytes', [plain('system_memory_linux_available_bytes', 'available')], { fill: true }),
    hostChart('Swap', 'bytes', [plain('system_paging_usage_bytes', '{{system_paging_state}}')]),
    hostChart('Page faults', 'per_second', [rate('', 'system_paging_faults_total', '{{system_paging_fault_type}}')]),
    hostChart('Swap in and out', 'per_second', [
      rate('', 'system_paging_operations_total', '{{system_paging_direction}}'),
    ]),
  ];
}

function diskCharts({ rate }: HostQueries): HostChart[] {
  const legend = '{{system_device}} {{disk_io_direction}}';
  return [
    hostChart('Utilisation', 'ratio', [rate('', 'system_disk_io_time_seconds_total', '{{system_device}}')]),
    hostChart('Operations', 'per_second', [rate('', 'system_disk_operations_total', legend)]),
    hostChart('Throughput by disk', 'bytes_per_second', [rate('', 'system_disk_io_bytes_total', legend)]),
    hostChart('Operations under way', '', [rate('', 'system_disk_operation_time_seconds_total', legend)]),
  ];
}

function networkCharts({ rate, plain }: HostQueries): HostChart[] {
  const direction = '{{network_io_direction}}';
  return [
    hostChart('Throughput by interface', 'bytes_per_second', [
      rate('', 'system_network_io_bytes_total', `{{network_interface_name}} ${direction}`),
    ]),
    hostChart('Packets', 'per_second', [
      rate('sum by (network_io_direction)', 'system_network_packet_count_total', direction),
    ]),
    hostChart('Errors and drops', 'per_second', [
      rate('sum by (network_io_direction)', 'system_network_errors_total', `errors ${direction}`),
      rate('sum by (network_io_direction)', 'system_network_packet_dropped_total', `drops ${direction}`),
    ]),
    hostChart('TCP connections', '', [plain('system_network_connection_count', '{{network_connection_state}}')]),
  ];
}
