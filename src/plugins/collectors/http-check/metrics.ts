import { CONNECTION_FAILURES } from '#core/plugin/check-failure.ts';
import { gauge, type MetricTable } from '#core/plugin/metric.ts';

/** What can be wrong with an answer, in the order in which it is looked at. */
export const ASSERTIONS = ['status', 'soap_fault', 'contains', 'regex', 'json_path', 'certificate_ends'] as const;
export type Assertion = (typeof ASSERTIONS)[number];

const RESULTS = ['ok', ...CONNECTION_FAILURES, 'redirect', ...ASSERTIONS];
const CHECK = ['check'];

/** Every series of the HTTP check. */
export const HTTP_CHECK_METRICS = {
  httpcheck_ok: gauge('', '1 when the answer came and all that was asked of it held.', CHECK),
  httpcheck_result: {
    ...gauge('', 'What came of the check: ok, why no answer came, or the first assertion that failed.', CHECK),
    states: { label: 'result', values: RESULTS },
  },
  httpcheck_assertion_ok: gauge('', 'Whether each assertion held.', ['check', 'assertion']),
  httpcheck_duration_seconds: gauge('seconds', 'Time of the whole check, redirects among it.', CHECK),
  httpcheck_dns_lookup_duration_seconds: gauge('seconds', 'Time to resolve the name.', CHECK),
  httpcheck_client_connection_duration_seconds: gauge('seconds', 'Time to open the TCP connection.', CHECK),
  httpcheck_tls_handshake_duration_seconds: gauge('seconds', 'Time of the TLS handshake.', CHECK),
  httpcheck_client_request_duration_seconds: gauge('seconds', 'Time from the request to the first byte.', CHECK),
  httpcheck_response_duration_seconds: gauge('seconds', 'Time from the first byte to the last.', CHECK),
  httpcheck_response_size_bytes: gauge('bytes', 'Size of the body, unpacked.', CHECK),
  httpcheck_status_code: gauge('', 'Status of the answer.', CHECK),
  httpcheck_redirects: gauge('', 'Redirects that were followed.', CHECK),
  httpcheck_soap_fault: gauge('', 'Always 1, while the answer is a SOAP fault; its code, or other.', ['check', 'code']),
  httpcheck_tls_cert_remaining_seconds: gauge(
    'seconds',
    "Until a certificate ends; depth 0 is the server's own, 1 that of its authority.",
    ['check', 'depth'],
  ),
} as const satisfies MetricTable;
