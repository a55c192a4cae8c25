import type { AlertRule } from '../plugin/alert-rule.ts';

/** Alerts of the virtual machines that the collector `service` reads; `what` names one in a sentence. */
export function javaAlerts(service: string, what: string): readonly AlertRule[] {
  const own = (more: string): string => `{service="${service}"${more}}`;
  const heap = own(',area="heap"');
  return [
    {
      name: `${what} is down`,
      expr: `nocmate_collector_up{collector="${service}"} == 0`,
      for: '1m',
      severity: 'critical',
      summary: `${what} on {{instance}} does not answer.`,
    },
    {
      name: `The heap of ${what} is nearly full`,
      expr: `jvm_memory_used_bytes${heap} / jvm_memory_limit_bytes${heap} > 0.95`,
      for: '10m',
      severity: 'major',
      summary: `${what} on {{instance}} uses more than 95 % of its heap.`,
    },
    {
      name: `${what} collects garbage all the time`,
      expr: `sum by (instance) (rate(jvm_gc_time_seconds_total${own('')}[5m])) > 0.2`,
      for: '10m',
      severity: 'warning',
      summary: `${what} on {{instance}} spends more than 20 % of its time on collecting garbage.`,
    },
    {
      name: `${what} runs out of file descriptors`,
      expr: `jvm_files_open${own('')} / jvm_files_limit${own('')} > 0.9`,
      for: '5m',
      severity: 'major',
      summary: `${what} on {{instance}} has opened more than 90 % of the files that it may.`,
    },
  ];
}
