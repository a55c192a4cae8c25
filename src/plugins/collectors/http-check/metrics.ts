import { checkMetrics, connectionMetrics } from '#core/plugin/check-series.ts';
import { gauge, type MetricTable } from '#core/plugin/metric.ts';

/** What can be wrong with an answer, in the order in which it is looked at. */
export const ASSERTIONS = [
  'status',
  'soap_fault',
  'contains',
  'regex',
  'json_path',
  'xpath',
  'certificate_ends',
] as const;
export type Assertion = (typeof ASSERTIONS)[number];

const CHECK = ['check'];

/** Every series of the HTTP check. */
export const HTTP_CHECK_METRICS = {
  ...checkMetrics('httpcheck', ['redirect', ...ASSERTIONS]),
  ...connectionMetrics('httpcheck'),
  httpcheck_client_request_duration_seconds: gauge('seconds', 'Time from the request to the first byte.', CHECK),
  httpcheck_response_duration_seconds: gauge('seconds', 'Time from the first byte to the last.', CHECK),
  httpcheck_assertion_ok: gauge('', 'Whether each assertion held.', ['check', 'assertion']),
  httpcheck_response_size_bytes: gauge('bytes', 'Size of the body, unpacked.', CHECK),
  httpcheck_status_code: gauge('', 'Status of the answer.', CHECK),
  httpcheck_redirects: gauge('', 'Redirects that were followed.', CHECK),
  httpcheck_soap_fault: gauge('', 'Always 1, while the answer is a SOAP fault; its code, or other.', ['check', 'code']),
} as const satisfies MetricTable;
