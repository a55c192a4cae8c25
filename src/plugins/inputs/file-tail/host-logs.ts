import { FileGroup } from './config.ts';

/** At the very first start no more than this of what lies there is read. */
const RECENT = '16MiB';

/** What a Debian, Red Hat, SUSE or Alpine machine writes by itself, and the usual servers on it. */
const PATHS: readonly (readonly [service: string, ...paths: string[]])[] = [
  ['', '/var/log/syslog', '/var/log/messages', '/var/log/user.log', '/var/log/daemon.log'],
  ['auth', '/var/log/auth.log', '/var/log/secure'],
  ['kernel', '/var/log/kern.log'],
  ['cron', '/var/log/cron', '/var/log/cron.log'],
  ['mail', '/var/log/mail.log', '/var/log/maillog'],
  ['dpkg', '/var/log/dpkg.log'],
  ['nginx', '/var/log/nginx/*.log'],
  ['apache', '/var/log/apache2/*.log', '/var/log/httpd/*_log', '/var/log/httpd/*.log'],
  ['haproxy', '/var/log/haproxy.log'],
  ['mysql', '/var/log/mysql/*.log', '/var/log/mysqld.log', '/var/log/mariadb/*.log'],
  ['postgresql', '/var/log/postgresql/*.log', '/var/lib/pgsql/data/log/*.log'],
  ['redis', '/var/log/redis/*.log'],
];

/** The groups of this machine's own logs. */
export function hostLogs(): readonly FileGroup[] {
  return PATHS.map(([service, ...include]) =>
    FileGroup.parse({ include, startAt: RECENT, ...(service === '' ? {} : { service }) }),
  );
}
