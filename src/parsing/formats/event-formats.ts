import { cefPairs, leefPairs } from '#parsing/extract/event-format.ts';
import type { LogDraft } from '#parsing/log-draft.ts';
import type { LogFormat } from '#parsing/log-format.ts';

/** CEF and LEEF, as syslog messages or alone. */
export const eventFormats: LogFormat = {
  id: 'cef',
  read: (text, draft, { times, now }) => {
    const take = (name: string, value: string): void => draft.put(name, value);
    if (!cefPairs(text, take) && !leefPairs(text, take)) return false;
    draft.service ||= (draft.get('observer.product') ?? '').toLowerCase().replaceAll(' ', '-');
    draft.severity = severityOf(draft);
    const when = draft.get('cef.rt') ?? draft.get('leef.devTime') ?? draft.get('cef.start');
    const t = when === undefined ? Number.NaN : times.readWhole(when, now);
    if (!Number.isNaN(t)) draft.t = t;
    return true;
  },
};

/** CEF's 0–10 or its words. */
function severityOf(draft: LogDraft): number {
  const word = (draft.get('event.severity') ?? draft.get('leef.sev') ?? '').toLowerCase();
  const level =
    word === 'low' ? 3 : word === 'medium' ? 5 : word === 'high' ? 8 : word === 'very-high' ? 10 : Number(word);
  if (word === '' || Number.isNaN(level)) return draft.severity;
  return level >= 9 ? 21 : level >= 7 ? 17 : level >= 4 ? 13 : 9;
}
