import { FileGroup } from './config.ts';

/** At the very first start no more than this of what lies there is read. */
const RECENT = '16MiB';

/** What a Debian, Red Hat, SUSE or Alpine machine writes by itself; lines of syslog say which service they are of. */
const SYSLOG_FILES = [
  'syslog',
  'messages',
  'user.log',
  'daemon.log',
  'auth.log',
  'secure',
  'kern.log',
  'cron',
  'cron.log',
]
  .concat('mail.log', 'maillog')
  .map((name) => `/var/log/${name}`);

/** What the usual servers on it write. */
const SERVERS: Readonly<Record<string, readonly string[]>> = {
  nginx: ['/var/log/nginx/*.log'],
  apache: ['/var/log/apache2/*.log', '/var/log/httpd/*_log', '/var/log/httpd/*.log'],
  haproxy: ['/var/log/haproxy.log'],
  mysql: ['/var/log/mysql/*.log', '/var/log/mysqld.log', '/var/log/mariadb/*.log'],
  postgresql: ['/var/log/postgresql/*.log', '/var/lib/pgsql/data/log/*.log'],
  redis: ['/var/log/redis/*.log'],
};

/** The groups of this machine's own logs. */
export function hostLogs(): readonly FileGroup[] {
  const group = (options: Record<string, unknown>): FileGroup => FileGroup.parse({ startAt: RECENT, ...options });
  return [
    group({ include: SYSLOG_FILES }),
    // Its lines look like those of syslog from a host "status".
    group({ include: '/var/log/dpkg.log', service: 'dpkg', format: 'timed' }),
    ...Object.entries(SERVERS).map(([service, include]) => group({ include, service })),
  ];
}
