import { severityOf } from '#core/model/log-severity.ts';
import { parseDuration } from '#core/units/duration.ts';
import { parseSize } from '#core/units/size.ts';
import { readPart, writePart } from './record-parts.ts';
import type { RunStep } from './run-step.ts';

type Target = 'int' | 'float' | 'bool' | 'duration' | 'bytes' | 'severity';

/** Writes a field as what it is: a number without decoration, true/false, seconds, bytes; `severity` sets that of the record. */
export function compileConvert(field: string, to: Target): RunStep {
  return (draft) => {
    const text = readPart(draft, field);
    if (text === undefined) return `no field ${field}`;
    const value = converted(text.trim(), to);
    if (value === undefined) return `not ${to}: ${text.slice(0, 60)}`;
    writePart(draft, to === 'severity' ? 'severity' : field, value);
    return true;
  };
}

function converted(text: string, to: Target): string | undefined {
  switch (to) {
    case 'int':
      return /^[+-]?[\d,_]+(\.\d*)?$/.test(text) ? text.replace(/[,_]|\..*$/g, '').replace(/^\+/, '') : undefined;
    case 'float': {
      const value = Number(text.replaceAll(',', ''));
      return text === '' || Number.isNaN(value) ? undefined : String(value);
    }
    case 'bool':
      if (/^(true|yes|on|1|t|y)$/i.test(text)) return 'true';
      return /^(false|no|off|0|f|n)$/i.test(text) ? 'false' : undefined;
    case 'duration':
      return seconds(text);
    case 'bytes':
      return /^\d+$/.test(text) ? text : parseSize(text.replace(/\s+/g, ''))?.toString();
    case 'severity':
      return severityOf(text) === 0 ? undefined : String(severityOf(text));
  }
}

const FINE: Readonly<Record<string, number>> = { ns: 1e-9, us: 1e-6, µs: 1e-6, μs: 1e-6, ms: 1e-3, s: 1 };

function seconds(text: string): string | undefined {
  const clock = /^(?:(\d+):)?(\d+):(\d+(?:\.\d+)?)$/.exec(text);
  if (clock !== null) return String(Number(clock[1] ?? 0) * 3600 + Number(clock[2]) * 60 + Number(clock[3]));
  const fine = /^([\d.]+)\s*(ns|us|µs|μs|ms|s)?$/.exec(text);
  if (fine !== null) return String(Number((Number(fine[1]) * (FINE[fine[2] ?? 's'] ?? 1)).toPrecision(12)));
  const ms = parseDuration(text);
  return ms === undefined ? undefined : String(ms / 1000);
}
