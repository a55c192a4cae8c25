import { checkMetrics, connectionMetrics } from '#core/plugin/check-series.ts';
import { gauge, type MetricTable } from '#core/plugin/metric.ts';

const CHECK = ['check'];

/** Versions that can be met. */
export const PROTOCOLS = ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'] as const;

/** Every series of the TLS check. */
export const TLS_CHECK_METRICS = {
  ...checkMetrics('tlscheck', ['starttls', 'names', 'alpn', 'certificate_ends']),
  ...connectionMetrics('tlscheck'),
  tlscheck_starttls_duration_seconds: gauge('seconds', 'Time of the words before the handshake.', CHECK),
  tlscheck_protocol: {
    ...gauge('', 'The version that was agreed on.', CHECK),
    states: { label: 'protocol', values: PROTOCOLS },
  },
  tlscheck_cipher: gauge('', 'Always 1; the cipher that was agreed on.', ['check', 'cipher']),
  tlscheck_trusted: gauge('', '1 when the chain leads to an authority that is trusted, and to this name.', CHECK),
  tlscheck_certificates: gauge('', 'Certificates of the chain.', CHECK),
} as const satisfies MetricTable;
