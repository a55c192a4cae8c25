import { isJsonObject, parseJson } from '#core/log-fields/parse-json.ts';
import { defineCollector } from '#core/plugin/collector.ts';
import { suricataAlerts } from './alerts.ts';
import { SuricataConfig } from './config.ts';
import { suricataDashboard } from './dashboard.ts';
import { EveFile } from './eve-file.ts';
import { SURICATA_METRICS } from './metrics.ts';
import { EveRecords } from './records.ts';

export default defineCollector<SuricataConfig>({
  title: 'Suricata',
  summary:
    'Reads the EVE records of a Suricata on this machine: alerts as events and by signature, statistics as series.',
  group: 'Security',
  config: SuricataConfig,
  metrics: SURICATA_METRICS,
  defaultIntervalMs: 10_000,
  automatic: [],
  target: ({ file }) => file,
  dashboard: suricataDashboard,
  alerts: suricataAlerts,
  start: ({ file, alertEvents }) => {
    const records = new EveRecords(alertEvents);
    const eve = new EveFile(file, (line) => records.take(line));
    const before = (line: string): void => {
      const record = line.includes('"stats"') ? parseJson(line) : undefined;
      if (isJsonObject(record)) records.takeStats(record);
    };
    return {
      collect: async ({ signal, scheduledAt }) => {
        await eve.read(before, signal);
        return records.collection(scheduledAt);
      },
      close: () => eve.close(),
    };
  },
});
