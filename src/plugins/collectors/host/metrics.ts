import type { MetricDefinition, MetricTable } from '#core/plugin/metric.ts';

const INTERFACE = ['network_interface_name', 'network_io_direction'];
const FILESYSTEM = ['system_filesystem_mountpoint', 'system_filesystem_type', 'system_filesystem_mode'];
const FACTS = [
  'os_name',
  'os_version',
  'kernel',
  'arch',
  'cpu_model',
  'cpu_count',
  'memory_bytes',
  'machine',
  'virtualisation',
  'address',
];
const DISK = ['system_device', 'disk_io_direction'];

function counter(unit: string, help: string, labels: readonly string[] = []): MetricDefinition {
  return { kind: 'counter', unit, help, labels };
}

function gauge(unit: string, help: string, labels: readonly string[] = []): MetricDefinition {
  return { kind: 'gauge', unit, help, labels };
}

/** Every series of the host collector. */
export const HOST_METRICS = {
  system_cpu_time_seconds_total: counter('seconds', 'Time a core spent in a mode.', ['cpu_logical_number', 'cpu_mode']),
  system_cpu_utilization_ratio: gauge('ratio', 'Share of time all cores were neither idle nor waiting for a disk.'),
  system_cpu_logical_count: gauge('', 'Cores the kernel schedules on.'),
  system_cpu_load_average_1m: gauge('', 'Mean number of tasks that ran or waited, over 1 minute.'),
  system_cpu_load_average_5m: gauge('', 'Mean number of tasks that ran or waited, over 5 minutes.'),
  system_cpu_load_average_15m: gauge('', 'Mean number of tasks that ran or waited, over 15 minutes.'),
  system_context_switches_total: counter('', 'Switches from one task to another, on all cores.'),
  system_interrupts_total: counter('', 'Interrupts served, on all cores.'),
  system_memory_limit_bytes: gauge('bytes', 'Memory the kernel manages.'),
  system_memory_usage_bytes: gauge('bytes', 'Memory by state: used, free, buffers, cached; they add up to the limit.', [
    'system_memory_state',
  ]),
  system_memory_utilization_ratio: gauge('ratio', 'Share of memory by state.', ['system_memory_state']),
  system_memory_linux_available_bytes: gauge('bytes', 'Memory that new work can have without swapping.'),
  system_memory_linux_shared_bytes: gauge('bytes', 'Shared memory and tmpfs, part of cached.'),
  system_memory_linux_dirty_bytes: gauge('bytes', 'Memory that still has to be written to disk.'),
  system_memory_oom_kills_total: counter('', 'Processes killed for want of memory.'),
  system_paging_usage_bytes: gauge('bytes', 'Swap space by state: used, free.', ['system_paging_state']),
  system_paging_utilization_ratio: gauge('ratio', 'Share of swap space by state.', ['system_paging_state']),
  system_paging_faults_total: counter('', 'Page faults; major ones had to wait for a disk.', [
    'system_paging_fault_type',
  ]),
  system_paging_operations_total: counter('', 'Pages moved in from or out to swap.', ['system_paging_direction']),
  system_disk_io_bytes_total: counter('bytes', 'Bytes read from and written to a disk.', DISK),
  system_disk_operations_total: counter('', 'Reads and writes a disk completed.', DISK),
  system_disk_operation_time_seconds_total: counter('seconds', 'Time that completed operations took in all.', DISK),
  system_disk_merged_total: counter('', 'Operations merged into neighbouring ones before the disk saw them.', DISK),
  system_disk_io_time_seconds_total: counter(
    'seconds',
    'Time with at least one operation under way; its rate is the utilisation.',
    ['system_device'],
  ),
  system_disk_pending_operations: gauge('', 'Operations under way.', ['system_device']),
  system_network_io_bytes_total: counter('bytes', 'Bytes received and transmitted by an interface.', INTERFACE),
  system_network_packet_count_total: counter('', 'Packets received and transmitted by an interface.', INTERFACE),
  system_network_errors_total: counter('', 'Packets with errors.', INTERFACE),
  system_network_packet_dropped_total: counter('', 'Packets dropped.', INTERFACE),
  system_network_tcp_segments_total: counter('', 'TCP segments.', ['network_io_direction']),
  system_network_tcp_retransmits_total: counter('', 'TCP segments sent again.'),
  system_network_tcp_opens_total: counter('', 'TCP connections opened from here (active) and to here (passive).', [
    'open_type',
  ]),
  system_network_tcp_failures_total: counter(
    '',
    'TCP connections that failed or were reset, bad segments, refused for a full queue.',
    ['failure_type'],
  ),
  system_network_udp_datagrams_total: counter('', 'UDP datagrams (IPv4).', ['network_io_direction']),
  system_network_udp_failures_total: counter(
    '',
    'UDP datagrams without a taker, with errors, or lost to a full buffer (IPv4).',
    ['failure_type'],
  ),
  system_network_socket_count: gauge('', 'Sockets in use by protocol.', ['network_transport']),
  system_process_created_total: counter('', 'Processes and threads created since boot.'),
  system_process_runnable_count: gauge('', 'Tasks that run or want to.'),
  system_process_blocked_count: gauge('', 'Tasks that wait for a disk.'),
  system_pressure_stalled_seconds_total: counter(
    'seconds',
    'Time in which some or all tasks waited for cpu, io or memory.',
    ['resource', 'kind'],
  ),
  system_uptime_seconds: gauge('seconds', 'Time since boot.'),
  system_boot_timestamp_seconds: gauge('seconds', 'When the machine was started, since the Unix epoch.'),
  system_filesystem_limit_bytes: gauge('bytes', 'Size of a filesystem.', FILESYSTEM),
  system_filesystem_usage_bytes: gauge('bytes', 'Space by state: used, free to users, reserved for root.', [
    ...FILESYSTEM,
    'system_filesystem_state',
  ]),
  system_filesystem_utilization_ratio: gauge(
    'ratio',
    'Share of the space for users that is used, as df shows it.',
    FILESYSTEM,
  ),
  system_filesystem_inode_utilization_ratio: gauge('ratio', 'Share of the inodes that are used.', FILESYSTEM),
  system_network_connection_count: gauge('', 'TCP connections by state.', ['network_connection_state']),
  system_process_count: gauge('', 'Processes by status.', ['status']),
  system_file_handle_count: gauge('', 'Open file handles of the machine.'),
  system_file_handle_limit: gauge('', 'Most file handles the kernel gives out.'),
  system_temperature_celsius: gauge('celsius', 'Temperature of a sensor.', ['sensor']),
  system_time_offset_seconds: gauge('seconds', 'How far the clock is ahead of NTP time, as chrony sees it.'),
  system_time_synchronized: gauge('', '1 once chrony or systemd-timesyncd has set the clock, else 0.'),
  system_cpu_physical_count: gauge('', 'Cores, threads of one core counted once.'),
  system_info: gauge('', 'Always 1; the labels describe the machine.', FACTS),
} as const satisfies MetricTable;
