import type { LogDraft } from '#parsing/log-draft.ts';

/** The value of a field or of a part of the record (`body`, `host`, `service`, `source`, `severity`, `time`). */
export function readPart(draft: LogDraft, name: string): string | undefined {
  switch (name) {
    case 'body':
    case 'message':
      return draft.body;
    case 'host':
    case 'service':
    case 'source':
      return draft[name];
    case 'severity':
      return String(draft.severity);
    case 'time':
      return Number.isNaN(draft.t) ? '' : new Date(draft.t).toISOString();
    default:
      return draft.get(name);
  }
}

/** Writes a field or a part of the record; `severity` takes a number. */
export function writePart(draft: LogDraft, name: string, value: string): void {
  switch (name) {
    case 'body':
    case 'message':
      draft.body = value;
      return;
    case 'host':
    case 'service':
    case 'source':
      draft[name] = value;
      return;
    case 'severity':
      draft.severity = Math.min(24, Math.max(0, Math.trunc(Number(value)) || 0));
      return;
    default:
      if (name !== '') draft.replace(name, value);
  }
}
