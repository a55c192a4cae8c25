import { COUNTERS, HIT_RATIO } from './counters.ts';

/** Waits of threads that have nothing to do. */
const BENIGN = [
  ...['BROKER_EVENTHANDLER', 'BROKER_RECEIVE_WAITFOR', 'BROKER_TASK_STOP', 'BROKER_TO_FLUSH', 'CHECKPOINT_QUEUE'],
  ...['CLR_AUTO_EVENT', 'CLR_MANUAL_EVENT', 'CLR_SEMAPHORE', 'DIRTY_PAGE_POLL', 'DISPATCHER_QUEUE_SEMAPHORE'],
  ...['FT_IFTS_SCHEDULER_IDLE_WAIT', 'HADR_FILESTREAM_IOMGR_IOCOMPLETION', 'LAZYWRITER_SLEEP', 'LOGMGR_QUEUE'],
  ...['ONDEMAND_TASK_QUEUE', 'QDS_ASYNC_QUEUE', 'QDS_PERSIST_TASK_MAIN_LOOP_SLEEP', 'REQUEST_FOR_DEADLOCK_SEARCH'],
  ...['SLEEP_TASK', 'SLEEP_SYSTEMTASK', 'SOS_WORK_DISPATCHER', 'SP_SERVER_DIAGNOSTICS_SLEEP', 'SQLTRACE_BUFFER_FLUSH'],
  ...['SQLTRACE_INCREMENTAL_FLUSH_SLEEP', 'WAITFOR', 'WAIT_XTP_OFFLINE_CKPT_NEW_LOG', 'XE_DISPATCHER_WAIT'],
  ...['XE_TIMER_EVENT', 'AZURE_IMDS_VERSIONS', 'PWAIT_DIRECTLOGCONSUMER_GETNEXT', 'PWAIT_EXTENSIBILITY_CLEANUP_TASK'],
];

const quoted = (names: Iterable<string>): string => [...names].map((name) => `N'${name}'`).join(', ');
const text = (expression: string, name: string): string => `CAST(${expression} AS nvarchar(4000)) AS ${name}`;

const NAMES = [...new Set(COUNTERS.map(({ counter }) => counter)), HIT_RATIO.counter, `${HIT_RATIO.counter} base`];

/** Performance counters; names are padded in the table. */
export const COUNTERS_QUESTION = `SELECT ${text('RTRIM(object_name)', 'object')}, ${text('RTRIM(counter_name)', 'counter')},
  ${text('RTRIM(instance_name)', 'instance')}, ${text('cntr_value', 'value')}, ${text('cntr_type', 'counter_type')}
FROM sys.dm_os_performance_counters WHERE RTRIM(counter_name) IN (${quoted(NAMES)})`;

/** Reads and writes of each file. */
export const FILES_QUESTION = `SELECT ${text('DB_NAME(s.database_id)', 'database_name')}, ${text('f.type_desc', 'file_type')},
  ${text('f.name', 'logical_filename')}, ${text('s.num_of_reads', 'reads')}, ${text('s.num_of_bytes_read', 'read_bytes')},
  ${text('s.io_stall_read_ms', 'read_latency_ms')}, ${text('s.num_of_writes', 'writes')},
  ${text('s.num_of_bytes_written', 'write_bytes')}, ${text('s.io_stall_write_ms', 'write_latency_ms')}
FROM sys.dm_io_virtual_file_stats(NULL, NULL) AS s
JOIN sys.master_files AS f ON f.database_id = s.database_id AND f.file_id = s.file_id`;

const databases = (state: number, name: string): string =>
  text(`(SELECT COUNT(*) FROM sys.databases WHERE state = ${state})`, name);

/** The server itself. */
export const PROPERTIES_QUESTION = `SELECT ${text("SERVERPROPERTY('ProductVersion')", 'sql_version')},
  ${text("SERVERPROPERTY('Edition')", 'sku')}, ${text('i.cpu_count', 'cpu_count')},
  ${text('DATEDIFF(second, i.sqlserver_start_time, SYSDATETIME())', 'uptime_s')},
  ${text('m.total_physical_memory_kb', 'server_memory')}, ${text('m.available_physical_memory_kb', 'available_server_memory')},
  ${databases(0, 'db_online')}, ${databases(1, 'db_restoring')}, ${databases(2, 'db_recovering')},
  ${databases(3, 'db_recoveryPending')}, ${databases(4, 'db_suspect')}, ${databases(6, 'db_offline')}
FROM sys.dm_os_sys_info AS i CROSS JOIN sys.dm_os_sys_memory AS m`;

/** What sessions waited for, the longest. */
export const waitsQuestion = (most: number): string => `SELECT TOP (${most}) ${text('wait_type', 'wait_type')},
  ${text('wait_time_ms', 'wait_time_ms')}, ${text('waiting_tasks_count', 'waiting_tasks_count')}
FROM sys.dm_os_wait_stats WHERE waiting_tasks_count > 0 AND wait_type NOT IN (${quoted(BENIGN)})
ORDER BY sys.dm_os_wait_stats.wait_time_ms DESC`;
