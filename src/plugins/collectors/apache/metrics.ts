import { counter, gauge, type MetricTable } from '#core/plugin/metric.ts';

const MEMBER = ['balancer', 'member'];

/** What a member of a balancer can be; the first that holds. */
export const MEMBER_STATES = ['error', 'stopped', 'disabled', 'draining', 'standby', 'spare', 'ok'] as const;

/** Every series of the Apache collector. */
export const APACHE_METRICS = {
  apache_info: gauge('', 'Always 1; what runs there.', ['version', 'mpm']),
  apache_uptime_seconds_total: counter('seconds', 'Time since the start; a graceful restart is none.'),
  apache_requests_total: counter('', 'Requests served (ExtendedStatus).'),
  apache_traffic_bytes_total: counter('bytes', 'Bytes sent, in steps of 1 KiB (ExtendedStatus).'),
  apache_request_time_seconds_total: counter('seconds', 'Time that requests took, added up (ExtendedStatus).'),
  apache_processes: gauge('', 'Child processes.'),
  apache_workers: gauge('', 'Workers by state: busy with a connection, or idle.', ['state']),
  apache_scoreboard: gauge('', 'Places of workers by what they do; open is free to be started.', ['state']),
  apache_connections_current: gauge('', 'Connections (event MPM).'),
  apache_connections_async: gauge('', 'Connections that no worker is busy with, by state (event MPM).', ['state']),
  apache_cpu_time_seconds_total: counter('seconds', 'Processor time of the server and of children that ended.', [
    'level',
    'mode',
  ]),
  apache_load_average_1m: gauge('', 'Load of the machine over 1 minute, as the server sees it.'),
  apache_balancer_member: {
    ...gauge('', 'What a member of a balancer is (ProxyStatus).', MEMBER),
    states: { label: 'state', values: MEMBER_STATES },
  },
  apache_balancer_elected_total: counter('', 'Times a member was chosen.', MEMBER),
  apache_balancer_busy: gauge('', 'Requests that a member works on.', MEMBER),
  apache_balancer_traffic_bytes_total: counter('bytes', 'Bytes exchanged with a member, in steps of 1 KiB.', [
    ...MEMBER,
    'direction',
  ]),
} as const satisfies MetricTable;
