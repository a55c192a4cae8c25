import type { LogRules } from '#core/api/log-rules.ts';
import type { LogRecord, RawLog } from '#core/model/log-record.ts';
import { TimestampReader } from '#core/timestamps/timestamp-reader.ts';
import { createZone } from '#core/timestamps/zone.ts';
import { LogDraft, uniqueFields } from './log-draft.ts';
import type { CountingLogParser } from './log-parser.ts';
import { createRecogniser } from './recognise.ts';
import { type CompiledRules, compileRules } from './rules/compile-rules.ts';
import type { GeoLookup } from './rules/geo-lookup.ts';
import type { RuleFault } from './rules/rule-fault.ts';

/** What a parser is made of. */
export type LogParserOptions = {
  readonly rules?: LogRules;
  /** Whether formats are recognised where the sender names none; rules come after that. Default true. */
  readonly recognise?: boolean;
  /** Zone of timestamps without one: IANA name or offset. Default UTC. */
  readonly zone?: string;
  readonly geoip?: GeoLookup;
  /** Told of what is broken in the rules, which then do what they can; without it they are refused whole. */
  readonly onFault?: (fault: RuleFault) => void;
};

/** The one parser of log lines. Throws Error for rules that cannot be compiled and RangeError for an unknown zone. */
export function createLogParser(options: LogParserOptions = {}): CountingLogParser {
  const zone = createZone(options.zone ?? 'UTC');
  const times = new TimestampReader(zone);
  const recogniser = createRecogniser(zone, times);
  const rules = compileRules(options.rules ?? { rules: [], patterns: {} }, {
    zone,
    ...(options.geoip && { geoip: options.geoip }),
    ...(options.onFault && { onFault: options.onFault }),
  });
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const decode = (bytes: Uint8Array): string => decoder.decode(bytes);
  return {
    parse: (raw, now) => {
      const draft = draftOf(raw, decode);
      try {
        const format = raw.format ?? '';
        if (format !== '' && format !== 'auto') {
          if (!recogniser.as(format, draft.body, draft, now)) draft.put('parse.error', `format: not ${format}`);
        } else if (options.recognise !== false) recogniser.recognise(draft.body, draft, now);
        if (!runRules(rules, draft, now)) return undefined;
      } catch (error) {
        draft.put('parse.error', String(error));
      }
      return recordOf(raw, draft, now);
    },
    counts: () => ({ formats: recogniser.counts(), rules: rules.counts.map((count) => ({ ...count })) }),
  };
}

function runRules(rules: CompiledRules, draft: LogDraft, now: number): boolean {
  return rules.isEmpty || rules.run(draft, now);
}

/** The draft of a line: what the protocol says for certain. */
export function draftOf(raw: RawLog, decode: (bytes: Uint8Array) => string): LogDraft {
  const draft = new LogDraft();
  draft.t = raw.t ?? Number.NaN;
  draft.severity = raw.severity ?? 0;
  draft.host = raw.host ?? '';
  draft.service = raw.service ?? '';
  draft.source = raw.source ?? '';
  draft.traceId = raw.traceId ?? '';
  draft.spanId = raw.spanId ?? '';
  draft.resource = raw.resource ?? [];
  draft.body = typeof raw.body === 'string' ? raw.body : decode(raw.body);
  if (raw.attributes !== undefined) draft.fields = [...raw.attributes];
  return draft;
}

/** The record of a draft: what the protocol said for certain stands, a time that no line bears is that of arrival. */
export function recordOf(raw: RawLog, draft: LogDraft, now: number): LogRecord {
  return {
    t: Number.isFinite(draft.t) ? draft.t : (raw.t ?? now),
    severity: draft.severity > 0 ? draft.severity : (raw.severity ?? 0),
    host: raw.host !== undefined && raw.host !== '' && draft.host === '' ? raw.host : draft.host,
    service: draft.service,
    source: draft.source,
    body: draft.body,
    attributes: uniqueFields(draft.fields),
    resource: raw.resource ?? [],
    traceId: draft.traceId,
    spanId: draft.spanId,
  };
}
