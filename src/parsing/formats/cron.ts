import type { LogFormat } from '#parsing/log-format.ts';
import { auth } from './auth.ts';

const CRON = /^\(([^)]*)\) ([A-Z][A-Z ]*?) \(/;

/** `(root) CMD (run-parts /etc/cron.hourly)`, and PAM's lines of cron sessions. */
export const cron: LogFormat = {
  id: 'cron',
  read: (text, draft, tools, depth) => {
    const match = CRON.exec(text.slice(0, 200));
    if (match === null) return auth.read(text, draft, tools, depth);
    draft.put('user.name', match[1]);
    draft.put('cron.action', match[2]);
    draft.put('cron.command', text.slice(match[0].length, text.endsWith(')') ? -1 : undefined).trim());
    return true;
  },
};
