import { checkMetrics } from '#core/plugin/check-series.ts';
import { gauge, type MetricTable } from '#core/plugin/metric.ts';

const CHECK = ['check'];

/** What a server says of the second before midnight, by number. */
export const LEAPS = ['none', 'insert', 'delete', 'unsynchronized'] as const;

/** Every series of the NTP check. */
export const NTP_CHECK_METRICS = {
  ...checkMetrics('ntpcheck', ['refused_by_server', 'unsynchronized', 'offset', 'stratum']),
  ntpcheck_dns_lookup_duration_seconds: gauge('seconds', 'Time to resolve the name.', CHECK),
  ntpcheck_offset_seconds: gauge('seconds', "The server's time minus that of this machine.", CHECK),
  ntpcheck_round_trip_duration_seconds: gauge('seconds', 'Time on the way there and back.', CHECK),
  ntpcheck_stratum: gauge('', 'Steps between the server and a reference clock.', CHECK),
  ntpcheck_root_delay_seconds: gauge('seconds', "Time on the way from the server's reference clock and back.", CHECK),
  ntpcheck_root_dispersion_seconds: gauge('seconds', 'How far the server may be from its reference clock.', CHECK),
  ntpcheck_reference_age_seconds: gauge('seconds', 'Since the server has last set its clock.', CHECK),
  ntpcheck_leap: {
    ...gauge('', 'The leap second that the server announces.', CHECK),
    states: { label: 'leap', values: LEAPS },
  },
} as const satisfies MetricTable;
