import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildWeb, install, must, node24, nodeEnv, root, run, say } from './setup.mjs';
import { batched } from './test-batches.mjs';

/**
 * `npm test`: all set-up, then every test. `--unit` runs the quick ones only: those beside the code that start no
 * server; `*.real.test.ts` and `test/` need one. Other arguments are file patterns or node:test flags.
 */
const args = process.argv.slice(2);
const unitOnly = args.includes('--unit');
const rest = args.filter((arg) => arg !== '--unit');

/** Real peers of the tests: a program to look for and the Debian package that brings it. */
const PEERS = [
  ['/usr/bin/chromium', 'chromium'],
  ['/usr/bin/prometheus-node-exporter', 'prometheus-node-exporter'],
  ['/usr/bin/prometheus', 'prometheus'],
  ['/usr/sbin/collectd', 'collectd-core'],
  ['/usr/sbin/rsyslogd', 'rsyslog'],
  ['/usr/lib/x86_64-linux-gnu/rsyslog/lmnsd_gtls.so', 'rsyslog-gnutls'],
  ['/usr/bin/logger', 'bsdutils'],
  ['/usr/bin/openssl', 'openssl'],
  ['/usr/sbin/nginx', 'nginx'],
  ['/usr/bin/redis-server', 'redis-server'],
  ['/usr/bin/memcached', 'memcached'],
  ['/usr/sbin/apache2', 'apache2'],
  ['/usr/sbin/haproxy', 'haproxy'],
  ['/usr/sbin/mariadbd', 'mariadb-server-core'],
  ['/usr/bin/mariadb', 'mariadb-client-core'],
  ['/usr/lib/postgresql/15/bin/psql', 'postgresql-client-15'],
  ['/usr/sbin/rabbitmq-server', 'rabbitmq-server'],
  ['/usr/share/tomcat10', 'tomcat10'],
  ['/usr/share/tomcat10-admin', 'tomcat10-admin'],
  ['/usr/bin/javac', 'default-jdk-headless'],
  ['/usr/share/java/jetty9-server.jar', 'libjetty9-java'],
  ['/usr/share/java/jolokia-core.jar', 'libjolokia-core-java'],
  ['/usr/share/java/ehcache.jar', 'libehcache-java'],
  ['/usr/share/java/slf4j-nop.jar', 'libslf4j-java'],
  ['/usr/share/java/geronimo-jta-1.2-spec.jar', 'libgeronimo-jta-1.2-spec-java'],
  ['/usr/share/doc/php-fpm', 'php-fpm'],
  ['/usr/sbin/varnishd', 'varnish'],
  ['/usr/sbin/squid', 'squid'],
  ['/usr/sbin/dnsmasq', 'dnsmasq-base'],
  ['/usr/sbin/chronyd', 'chrony'],
  ['/usr/lib/dovecot/imap', 'dovecot-imapd'],
  ['/usr/lib/dovecot/pop3', 'dovecot-pop3d'],
  ['/usr/lib/python3/dist-packages/aiosmtpd', 'python3-aiosmtpd'],
  ['/usr/sbin/slapd', 'slapd'],
  ['/usr/bin/ping', 'iputils-ping'],
  ['/usr/lib/nagios/plugins/check_load', 'monitoring-plugins-basic'],
  ...['libivykis0', 'libnet1', 'libpcre3', 'libyajl2'].map((name) => [`/usr/share/doc/${name}`, name]),
];

/** Peers that Debian does not install beside another one: their packages are only unpacked, into a folder of ours. */
const UNPACKED = [['/opt/nocmate-peers/syslog-ng', 'syslog-ng-core']];

await install();
if (!unitOnly) {
  await installPeers();
  await buildWeb();
}
const files = rest.some((arg) => !arg.startsWith('-')) ? [] : testFiles();
const flags = ['--test', '--test-concurrency=2', '--test-timeout=300000'];
process.exit(await run(node24, [...flags, ...rest, ...files], { env: nodeEnv }));

function testFiles() {
  const beside = [...filesBelow('src'), ...filesBelow(join('web', 'src'))];
  const isReal = (file) => file.endsWith('.real.test.ts');
  const quick = batched(beside.filter((file) => !isReal(file)));
  return unitOnly ? quick : [...quick, ...beside.filter(isReal), ...filesBelow('test')];
}

function filesBelow(folder) {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .sort()
    .map((name) => join(folder, name));
}

async function installPeers() {
  const unpacked = UNPACKED.filter(([folder]) => !existsSync(join(folder, 'usr')));
  const missing = PEERS.filter(([path]) => !existsSync(path)).map(([, name]) => name);
  if (missing.length === 0 && unpacked.length === 0) return;
  if (process.getuid?.() !== 0 || !isDebian()) {
    const names = [...missing, ...unpacked.map(([, name]) => name)];
    say(`not installed, their tests are skipped by name: ${names.join(', ')}`);
    return;
  }
  const command = [
    'apt-get update -qq',
    ...(missing.length > 0 ? [`apt-get install -y --no-install-recommends ${missing.join(' ')}`] : []),
    ...unpacked.map(([folder, name]) => `mkdir -p ${folder} && ${unpackCommand(folder, name)}`),
  ].join(' && ');
  say(`installing what the tests measure against: ${command}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  must(await run('sh', ['-c', `${command} >/dev/null`], { env }), 'apt-get failed; its message is above');
}

function unpackCommand(folder, name) {
  return `(cd ${folder} && apt-get download -qq ${name} && dpkg -x ${name}_*.deb . && rm ${name}_*.deb)`;
}

function isDebian() {
  return existsSync('/etc/os-release') && /^ID(_LIKE)?=.*debian/m.test(readFileSync('/etc/os-release', 'utf8'));
}
