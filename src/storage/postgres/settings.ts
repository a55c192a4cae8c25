/**
 * Settings of the embedded server: as durable as PostgreSQL gets, small when idle. They are given on the command line,
 * so that what runs is what stands here, whatever an old configuration file says.
 */
export function serverArguments(dataDirectory: string, socketDirectory: string): string[] {
  const settings: Record<string, string> = {
    listen_addresses: '',
    unix_socket_directories: socketDirectory,
    unix_socket_permissions: '0700',
    max_connections: '30',
    shared_buffers: '32MB',
    maintenance_work_mem: '32MB',
    fsync: 'on',
    full_page_writes: 'on',
    synchronous_commit: 'on',
    data_sync_retry: 'off',
    max_wal_size: '256MB',
    min_wal_size: '32MB',
    checkpoint_timeout: '15min',
    // Nothing replicates from this server.
    wal_level: 'minimal',
    max_wal_senders: '0',
    // The default of version 18 keeps three I/O processes for loads this database never has.
    io_method: 'sync',
    max_worker_processes: '2',
    max_parallel_workers: '0',
    max_parallel_workers_per_gather: '0',
    max_logical_replication_workers: '0',
    jit: 'off',
    autovacuum_naptime: '5min',
    autovacuum_worker_slots: '2',
    autovacuum_max_workers: '1',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_line_prefix: '',
    log_checkpoints: 'off',
    log_autovacuum_min_duration: '-1',
    idle_in_transaction_session_timeout: '60s',
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return ['-D', dataDirectory, ...flags];
}
