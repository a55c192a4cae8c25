import { checkMetrics } from '#core/plugin/check-series.ts';
import { gauge, type MetricTable } from '#core/plugin/metric.ts';
import { ANSWER_FAILURES } from './assess.ts';

const CHECK = ['check'];

/** Every series of the DNS check. */
export const DNS_CHECK_METRICS = {
  ...checkMetrics('dnscheck', ANSWER_FAILURES),
  dnscheck_dns_lookup_duration_seconds: gauge('seconds', "Time to resolve the server's own name.", CHECK),
  dnscheck_client_connection_duration_seconds: gauge('seconds', 'Time to open the TCP connection.', CHECK),
  dnscheck_query_duration_seconds: gauge('seconds', 'Time from the question to its answer.', CHECK),
  dnscheck_response_code: gauge('', 'Response code: 0 is NOERROR, 2 SERVFAIL, 3 NXDOMAIN, 5 REFUSED.', CHECK),
  dnscheck_response_size_bytes: gauge('bytes', 'Size of the answer.', CHECK),
  dnscheck_answers: gauge('', 'Records of the type that was asked for.', CHECK),
  dnscheck_ttl_seconds: gauge('seconds', 'The shortest time for which an answer may be kept.', CHECK),
  dnscheck_authoritative: gauge('', '1 when the server answers for the zone itself (AA).', CHECK),
  dnscheck_authenticated: gauge('', '1 when the server says that signatures were checked (AD).', CHECK),
  dnscheck_truncated: gauge('', '1 when the answer was too long for UDP and was asked for by TCP.', CHECK),
  dnscheck_soa_serial: gauge('', 'Serial number of the zone, where its SOA was asked for.', CHECK),
} as const satisfies MetricTable;
