import type { LogFormat } from '#parsing/log-format.ts';
import { auth } from './auth.ts';
import { cron } from './cron.ts';
import { haproxy } from './haproxy.ts';
import { kernel } from './kernel.ts';
import { mail } from './mail.ts';

/** Programs whose messages have a reader of their own. */
const PROGRAMS: ReadonlyMap<string, LogFormat> = new Map([
  ...'sshd sshd-session sudo su useradd userdel usermod groupadd groupdel passwd login systemd-logind polkitd chage newgrp'
    .split(' ')
    .map((name) => [name, auth] as const),
  ...'CRON crond cron anacron crontab fcron'.split(' ').map((name) => [name, cron] as const),
  ...'exim exim4 dovecot sendmail opendkim amavis'.split(' ').map((name) => [name, mail] as const),
  ['kernel', kernel] as const,
  ['haproxy', haproxy] as const,
]);

/** Ids of the formats of programs. */
export const APPLICATION_FORMATS: readonly string[] = [...new Set([...PROGRAMS.values()].map(({ id }) => id))];

/** The reader for a program's messages by its syslog tag (`postfix/smtpd`, `sshd`), or undefined. */
export function applicationFormat(app: string): LogFormat | undefined {
  const known = PROGRAMS.get(app);
  if (known !== undefined) return known;
  return app.startsWith('postfix') ? mail : undefined;
}
