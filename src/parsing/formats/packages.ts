import type { LogDraft } from '#parsing/log-draft.ts';
import type { LogFormat } from '#parsing/log-format.ts';

const DPKG =
  /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) (startup|status|conffile|install|upgrade|configure|trigproc|disappear|remove|purge) (.+)$/;
const ALTERNATIVES = /^update-alternatives (\d{4}-\d\d-\d\d \d\d:\d\d:\d\d): /;

/** The log of dpkg (`dpkg.log`, as dpkg(1) describes it). */
export const dpkg: LogFormat = {
  id: 'dpkg',
  read: (text, draft, { times, now }) => {
    const [, time = '', action = '', rest = ''] = DPKG.exec(text) ?? [];
    const words = rest.split(' ');
    if (time === '' || !readWords(draft, action, words)) return false;
    draft.t = times.readWhole(time, now);
    draft.service ||= 'dpkg';
    draft.put('event.action', action);
    return true;
  },
};

/** The log of update-alternatives (`alternatives.log`). */
export const alternatives: LogFormat = {
  id: 'alternatives',
  read: (text, draft, { times, now }) => {
    const [head = '', time = ''] = ALTERNATIVES.exec(text) ?? [];
    if (head === '') return false;
    draft.t = times.readWhole(time, now);
    draft.service ||= 'update-alternatives';
    draft.body = text.slice(head.length);
    return true;
  },
};

/** False when so many words do not follow the action. */
function readWords(draft: LogDraft, action: string, words: readonly string[]): boolean {
  if (action === 'startup' || action === 'conffile') {
    draft.put(action === 'startup' ? 'dpkg.command' : 'file.path', words.slice(0, -1).join(' '));
    draft.put('dpkg.decision', words.at(-1));
    return words.length >= 2;
  }
  const [first = '', second = '', third = ''] = words;
  if (words.length !== 3) return false;
  const [name, architecture] = (action === 'status' ? second : first).split(':');
  draft.put('package.name', name);
  draft.put('package.architecture', architecture);
  if (action === 'status') draft.put('dpkg.state', first);
  else draft.put('package.installed_version', noneOf(second));
  draft.put('package.version', noneOf(third));
  return true;
}

const noneOf = (version: string): string | undefined => (version === '<none>' ? undefined : version);
