import { checkMetrics, connectionMetrics } from '#core/plugin/check-series.ts';
import { gauge, type MetricTable } from '#core/plugin/metric.ts';

const CHECK = ['check'];

/** Every series of the LDAP check. */
export const LDAP_CHECK_METRICS = {
  ...checkMetrics('ldapcheck', ['starttls', 'login', 'search', 'entries', 'certificate_ends']),
  ...connectionMetrics('ldapcheck'),
  ldapcheck_bind_duration_seconds: gauge('seconds', 'Time of the bind.', CHECK),
  ldapcheck_search_duration_seconds: gauge('seconds', 'Time of the search.', CHECK),
  ldapcheck_entries: gauge('', 'Entries that were found.', CHECK),
  ldapcheck_result_code: gauge(
    '',
    'Code of the last result: 0 ok, 32 no such entry, 49 wrong login, 50 no right.',
    CHECK,
  ),
} as const satisfies MetricTable;
