const PAIRS: Readonly<Record<string, readonly string[]>> = {
  'rx tx': [
    ...['if_octets', 'if_packets', 'if_errors', 'if_dropped', 'io_octets', 'io_packets', 'mysql_octets'],
    ...['memcached_octets', 'node_octets', 'serial_octets', 'http_requests_octets'],
  ],
  'read write': [
    ...['disk_octets', 'disk_ops', 'disk_time', 'disk_merged', 'disk_latency', 'disk_ops_complex'],
    ...['ps_disk_octets', 'ps_disk_ops', 'arc_l2_bytes'],
  ],
  'io_time weighted_io_time': ['disk_io_time'],
  'shortterm midterm longterm': ['load'],
  'used free': ['df'],
  'processes threads': ['ps_count'],
  'minflt majflt': ['ps_pagefaults', 'vmpage_faults'],
  'user syst': ['ps_cputime'],
  'in out': ['vmpage_io'],
  'queries responses': ['dns_octets'],
  'uncompressed compressed': ['compression'],
  'value threshold': ['voltage_threshold'],
};

const BY_TYPE = new Map(
  Object.entries(PAIRS).flatMap(([names, types]) => types.map((type) => [type, names.split(' ')] as const)),
);

/**
 * Names of the data sources of a type: `value` for a single one, known ones of common types, else their places from 0.
 * collectd's packets leave them to a file that sender and receiver share (types.db(5)).
 */
export function dataSourceNames(type: string, count: number): readonly string[] {
  if (count === 1) return ['value'];
  const known = BY_TYPE.get(type);
  return known?.length === count ? known : Array.from({ length: count }, (_, i) => String(i));
}
