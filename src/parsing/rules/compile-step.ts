import type { LogRuleStep } from '#core/api/log-rules.ts';
import type { LogDraft } from '#parsing/log-draft.ts';
import { compileRe2 } from '#parsing/re2-pattern.ts';
import { compileReplacement, MAX_MADE, replaceAll } from './bounded-text.ts';
import { compileConvert } from './convert.ts';
import { compileEnrichment } from './enrichment.ts';
import { compileExtractor } from './extractors.ts';
import { compileMask } from './mask.ts';
import { readPart, writePart } from './record-parts.ts';
import type { RunStep, StepContext } from './run-step.ts';
import { compileTimestamp } from './timestamp-step.ts';

/** A step made ready; throws Error with what is wrong with it (a pattern, a format, a network). */
export function compileStep(step: LogRuleStep, context: StepContext): RunStep {
  switch (step.type) {
    case 'timestamp':
      return compileTimestamp(step, context.zone);
    case 'convert':
      return compileConvert(step.field, step.to);
    case 'user_agent':
    case 'geoip':
    case 'cidr':
      return compileEnrichment(step, context.geoip);
    case 'mask':
      return compileMask(step);
    case 'drop':
      return () => false;
    case 'sample':
      return (draft) => fraction(readPart(draft, step.field) ?? '') < step.keep;
    case 'route':
      return (draft) => {
        if (step.service !== undefined) draft.service = step.service;
        if (step.stream !== undefined) draft.replace('log.stream', step.stream);
        return true;
      };
    case 'rename':
    case 'set':
    case 'remove':
    case 'lowercase':
    case 'uppercase':
    case 'trim':
    case 'replace':
      return compileEdit(step);
    default:
      return compileExtractor(step, context);
  }
}

type Edit = Extract<
  LogRuleStep,
  { type: 'rename' | 'set' | 'remove' | 'lowercase' | 'uppercase' | 'trim' | 'replace' }
>;

function compileEdit(step: Edit): RunStep {
  switch (step.type) {
    case 'rename':
      return (draft) => {
        const value = readPart(draft, step.from);
        if (value === undefined) return `no field ${step.from}`;
        draft.remove(step.from);
        writePart(draft, step.to, value);
        return true;
      };
    case 'set':
      return (draft) => {
        const old = readPart(draft, step.field);
        if (step.override || old === undefined || old === '') writePart(draft, step.field, filled(step.value, draft));
        return true;
      };
    case 'remove':
      return (draft) => {
        for (const name of step.fields) draft.remove(name);
        return true;
      };
    case 'replace': {
      const pattern = compileRe2(step.pattern);
      const replacement = compileReplacement(pattern, step.with);
      return edited(step.field, (value) => replaceAll(pattern, value, replacement));
    }
    case 'trim':
      return edited(step.field, (value) => value.trim());
    case 'lowercase':
      return edited(step.field, (value) => value.toLowerCase());
    case 'uppercase':
      return edited(step.field, (value) => value.toUpperCase());
  }
}

function edited(field: string, change: (value: string) => string | undefined): RunStep {
  return (draft) => {
    const value = readPart(draft, field);
    if (value === undefined) return `no field ${field}`;
    const changed = change(value);
    if (changed === undefined) return 'the text is too long';
    writePart(draft, field, changed);
    return true;
  };
}

/** The template with values in it, which are cut when they get too long. */
function filled(template: string, draft: LogDraft): string {
  let room = MAX_MADE;
  return template.replace(/%\{([^}]+)\}/g, (_, name: string) => {
    const value = (readPart(draft, name) ?? '').slice(0, room);
    room -= value.length;
    return value;
  });
}

/** FNV-1a of a text as a number from 0 up to 1: the same text is always sampled alike. */
function fraction(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x2c1b3c6d);
  return ((hash ^ (hash >>> 13)) >>> 0) / 2 ** 32;
}
