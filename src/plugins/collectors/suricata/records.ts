import { isJsonObject, parseJson } from '#core/log-fields/parse-json.ts';
import type { CollectedValue, Collection } from '#core/plugin/collector.ts';
import { type JsonObject, jsonAt, jsonText } from '#core/plugin/json-answer.ts';
import { eventOfAlert, gravityOf, timeOfRecord } from './alert-event.ts';
import { valuesOfStats } from './stats.ts';

type Labels = Readonly<Record<string, string>>;
type Count = { readonly labels: Labels; value: number };

/** Signatures with series of their own; the alerts of others are counted together. */
const MOST_SIGNATURES = 1_000;
/** Statistics come every 8 s unless the operator has said otherwise; older ones say nothing of now. */
const STATS_LIFE_MS = 90_000;
const MS = 1_000;

/** Counts the records of one sensor since it is watched, and keeps its last statistics. */
export class EveRecords {
  readonly #types = new Map<string, Count>();
  readonly #drops = new Map<string, Count>();
  readonly #alerts = new Map<string, Count>();
  readonly #mostEvents: number;
  #skipped = 0;
  #fresh: JsonObject[] = [];
  #stats: { readonly values: readonly CollectedValue[]; readonly uptime: unknown; readonly t: number } | undefined;

  constructor(mostEvents: number) {
    this.#mostEvents = mostEvents;
  }

  /** One line of the file; what is no record counts as of the type `(broken)`. */
  take(line: string): void {
    const record = parseJson(line);
    if (!isJsonObject(record)) return count(this.#types, { event_type: '(broken)' });
    const type = jsonText(record, 'event_type');
    count(this.#types, { event_type: type });
    if (type === 'alert') this.#alert(record);
    else if (type === 'drop') count(this.#drops, { reason: jsonText(record, 'drop.reason') || 'unknown' });
    else if (type === 'stats') this.takeStats(record);
  }

  /** Statistics alone: of what was written before the sensor was watched. */
  takeStats(record: JsonObject): void {
    const stats = jsonAt(record, 'stats');
    // Some releases write the threads in records of their own.
    if (!isJsonObject(stats) || Object.keys(stats).every((name) => name === 'threads')) return;
    const t = timeOfRecord(record);
    if (t !== undefined) this.#stats = { values: valuesOfStats(stats), uptime: stats['uptime'], t };
  }

  /** What was counted so far, the last statistics while they are of now, and the alerts since the last call. */
  collection(now: number): Collection {
    const stats = this.#stats !== undefined && now - this.#stats.t < STATS_LIFE_MS ? this.#stats : undefined;
    const { uptime } = stats ?? {};
    const alerts = this.#fresh.splice(0).sort((a, b) => gravityOf(a) - gravityOf(b));
    this.#skipped += Math.max(0, alerts.length - this.#mostEvents);
    return {
      values: [
        ...(stats?.values ?? []),
        ...valuesOf('suricata_records_total', this.#types),
        ...valuesOf('suricata_drops_total', this.#drops),
        ...valuesOf('suricata_alerts_total', this.#alerts),
        { metric: 'suricata_alerts_without_event_total', value: this.#skipped },
      ],
      events: alerts.slice(0, this.#mostEvents).map(eventOfAlert),
      ...(stats !== undefined && typeof uptime === 'number' ? { startedAt: stats.t - uptime * MS } : {}),
    };
  }

  #alert(record: JsonObject): void {
    this.#fresh.push(record);
    const labels = {
      signature_id: String(jsonAt(record, 'alert.signature_id') ?? ''),
      signature: jsonText(record, 'alert.signature'),
      severity: String(gravityOf(record)),
      action: jsonText(record, 'alert.action'),
    };
    const isKnown = this.#alerts.has(JSON.stringify(labels));
    const isOne = isKnown || this.#alerts.size < MOST_SIGNATURES;
    count(this.#alerts, isOne ? labels : { ...labels, signature_id: 'others', signature: 'others' });
  }
}

function count(counts: Map<string, Count>, labels: Labels): void {
  const key = JSON.stringify(labels);
  const known = counts.get(key);
  if (known === undefined) counts.set(key, { labels, value: 1 });
  else known.value += 1;
}

const valuesOf = (metric: string, counts: ReadonlyMap<string, Count>): CollectedValue[] =>
  [...counts.values()].map(({ labels, value }) => ({ metric, labels, value }));
