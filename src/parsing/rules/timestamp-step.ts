import type { LogRuleStep } from '#core/api/log-rules.ts';
import { compileTimeFormat } from '#core/timestamps/time-format.ts';
import { TimestampReader } from '#core/timestamps/timestamp-reader.ts';
import { createZone, type Zone } from '#core/timestamps/zone.ts';
import { readPart } from './record-parts.ts';
import type { RunStep } from './run-step.ts';

/** Sets the time of a record from a field: by the formats given, else by any common form. */
export function compileTimestamp(step: Extract<LogRuleStep, { type: 'timestamp' }>, parserZone: Zone): RunStep {
  const zone = step.zone === undefined ? parserZone : createZone(step.zone);
  const reader = new TimestampReader(zone);
  const formats = step.formats.map((format) => compileTimeFormat(format, zone));
  return (draft, now) => {
    const text = readPart(draft, step.field);
    if (text === undefined) return `no field ${step.field}`;
    const whole = step.field === 'body' ? reader.read(text, 0, now) : reader.readWhole(text, now);
    const t =
      formats.length === 0
        ? whole
        : (formats.map((read) => read(text, now)).find((value) => !Number.isNaN(value)) ?? Number.NaN);
    if (Number.isNaN(t)) return `no timestamp: ${text.slice(0, 60)}`;
    draft.t = t;
    return true;
  };
}
