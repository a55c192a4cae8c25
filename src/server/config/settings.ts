/** A setting that can be given from outside the file. `path` is its place in the configuration. */
export type OutsideSetting = {
  readonly path: readonly string[];
  readonly env?: string;
  /** Long flag without dashes. */
  readonly flag?: string;
  readonly help: string;
};

/** Environment variables and flags, in the order of the help text. Names are fixed: scripts depend on them. */
export const OUTSIDE_SETTINGS: readonly OutsideSetting[] = [
  { path: ['data'], env: 'NOCMATE_DATA', flag: 'data', help: 'folder of everything that is kept (./data)' },
  {
    path: ['http', 'listen'],
    env: 'NOCMATE_HTTP',
    flag: 'http',
    help: 'host:port of web UI and API (127.0.0.1:8400)',
  },
  {
    path: ['inputs', 'graphite-plaintext', 'listen'],
    env: 'NOCMATE_GRAPHITE',
    flag: 'graphite',
    help: 'host:port of Graphite plaintext, TCP and UDP, or off (127.0.0.1:2003)',
  },
  {
    path: ['inputs', 'graphite-pickle', 'listen'],
    env: 'NOCMATE_GRAPHITE_PICKLE',
    flag: 'graphite-pickle',
    help: 'host:port of Graphite pickle, or off (127.0.0.1:2004)',
  },
  {
    path: ['inputs', 'statsd', 'listen'],
    env: 'NOCMATE_STATSD',
    flag: 'statsd',
    help: 'host:port of StatsD, UDP and TCP, or off (127.0.0.1:8125)',
  },
  {
    path: ['inputs', 'influx-line-protocol', 'listen'],
    env: 'NOCMATE_INFLUX',
    flag: 'influx',
    help: 'host:port of InfluxDB line protocol, TCP and UDP, or off (off; HTTP takes it at /write)',
  },
  {
    path: ['inputs', 'collectd', 'listen'],
    env: 'NOCMATE_COLLECTD',
    flag: 'collectd',
    help: 'host:port of collectd’s network protocol, UDP, or off (off)',
  },
  {
    path: ['inputs', 'syslog', 'listen'],
    env: 'NOCMATE_SYSLOG',
    flag: 'syslog',
    help: 'host:port of syslog, UDP and TCP, or off (127.0.0.1:1514)',
  },
  {
    path: ['inputs', 'lumberjack', 'listen'],
    env: 'NOCMATE_BEATS',
    flag: 'beats',
    help: 'host:port of Beats (Lumberjack), TCP, or off (off)',
  },
  {
    path: ['inputs', 'file-tail', 'hostLogs'],
    env: 'NOCMATE_HOST_LOGS',
    help: 'on or off: this machine’s own log files (on)',
  },
  {
    path: ['inputs', 'journald', 'read'],
    env: 'NOCMATE_JOURNALD',
    help: 'on, off or auto: this machine’s journal (auto: where no syslog daemon writes files)',
  },
  {
    path: ['targets', 'discover'],
    env: 'NOCMATE_DISCOVER',
    help: 'auto, offer or off: servers that are found on this host are collected (auto)',
  },
  { path: ['host'], env: 'NOCMATE_HOST', help: 'label "host" of this node’s own series (the machine’s name)' },
  {
    path: ['log', 'level'],
    env: 'NOCMATE_LOG_LEVEL',
    flag: 'log-level',
    help: 'trace, debug, info, warn, error, silent',
  },
  { path: ['clickhouse', 'url'], env: 'CLICKHOUSE_URL', help: 'a ClickHouse server instead of the embedded engine' },
  { path: ['postgres', 'url'], env: 'POSTGRES_URL', help: 'a PostgreSQL server instead of the embedded one' },
  {
    path: ['amqp', 'url'],
    env: 'AMQP_URL',
    help: 'RabbitMQ: what the input amqp reads from; reserved for remote workers',
  },
];
