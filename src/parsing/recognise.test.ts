import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RawLog } from '#core/model/log-record.ts';
import { createLogParser } from './create-log-parser.ts';
import { pairsOf } from './log-draft.ts';

const NOW = Date.parse('2026-11-25T00:00:00Z');
type Expected = Record<string, string | number>;

function parsed(raw: RawLog): Expected {
  const record = createLogParser().parse(raw, NOW);
  assert.ok(record !== undefined);
  const { attributes, resource, t, ...parts } = record;
  return {
    ...Object.fromEntries(pairsOf(attributes)),
    ...(parts as Expected),
    time: new Date(t).toISOString(),
    resources: resource.length,
  };
}

/** Lines of formats of which nothing is recorded, as their makers document them. */
const LINES: readonly (readonly [body: string, expected: Expected])[] = [
  [
    '<166>Jan 24 2025 11:28:30 fw1 : %ASA-6-302013: Built outbound TCP connection 11757 for outside:100.66.205.104/80 (100.66.205.104/80) to inside:172.31.98.44/1772 (172.31.98.44/1772)',
    {
      host: 'fw1',
      service: 'cisco-asa',
      'event.code': '302013',
      'source.ip': '100.66.205.104',
      'destination.port': '1772',
      'event.action': 'built',
      severity: 9,
    },
  ],
  [
    '<164>Jan 24 2025 11:28:30 fw1 : %ASA-4-106023: Deny tcp src outside:192.168.1.1/50240 dst inside:192.168.1.2/23 by access-group "ACL1" [0x0, 0x0]',
    {
      'event.action': 'deny',
      'source.ip': '192.168.1.1',
      'destination.ip': '192.168.1.2',
      'destination.port': '23',
      'rule.name': 'ACL1',
      severity: 13,
    },
  ],
  [
    '<189>29: *Mar  1 18:46:11.123: %LINK-3-UPDOWN: Interface GigabitEthernet0/1, changed state to down',
    {
      service: 'cisco-link',
      'network.interface.name': 'GigabitEthernet0/1',
      'network.interface.state': 'down',
      severity: 17,
    },
  ],
  [
    'Nov 20 10:00:00 gw kernel: [ 12.5] [UFW BLOCK] IN=eth0 OUT= MAC=aa SRC=1.2.3.4 DST=5.6.7.8 LEN=40 TTL=64 ID=1 PROTO=TCP SPT=1 DPT=22 WINDOW=1 RES=0x00 SYN URGP=0',
    {
      service: 'kernel',
      'event.action': 'block',
      'source.ip': '1.2.3.4',
      'destination.port': '22',
      'network.transport': 'tcp',
      'netfilter.flags': 'SYN',
      severity: 13,
    },
  ],
  [
    'date=2024-01-31 time=12:00:00 devname="fg1" devid="F" eventtime=1706702400000000000 tz="+0000" logid="0001" type="traffic" level="warning" srcip=1.2.3.4 dstip=5.6.7.8 dstport=443 action="deny"',
    {
      host: 'fg1',
      service: 'fortigate',
      'source.ip': '1.2.3.4',
      'event.action': 'deny',
      severity: 13,
      time: '2024-01-31T12:00:00.000Z',
    },
  ],
  [
    '1,2024/01/31 12:00:00,0012,TRAFFIC,end,1,2024/01/31 12:00:00,1.2.3.4,5.6.7.8,0.0.0.0,0.0.0.0,rule1,,,web-browsing,vsys1,trust,untrust,eth1,eth2,fwd,2024/01/31 12:00:00,99,1,51234,443,0,0,0x0,tcp,allow,1000,400,600,9,x,30,any',
    {
      service: 'pan-os',
      'source.ip': '1.2.3.4',
      'destination.port': '443',
      'rule.name': 'rule1',
      'event.action': 'allow',
      'network.application': 'web-browsing',
    },
  ],
  [
    '<133>Jan 31 12:00:00 lb1 notice mcpd[1234]: 01070638:5: Pool /Common/p1 member /Common/n1:80 monitor status down.',
    { host: 'lb1' },
  ],
  [
    '01070638:5: Pool /Common/p1 member /Common/n1:80 monitor status down. [ /Common/http: down ]',
    {
      service: 'bigip',
      'event.code': '01070638',
      'bigip.pool': '/Common/p1',
      'bigip.member': '/Common/n1',
      'bigip.status': 'down',
    },
  ],
  [
    '{"timestamp":"2024-01-31T12:00:00.123456+0000","flow_id":1,"event_type":"alert","src_ip":"1.2.3.4","src_port":1,"dest_ip":"5.6.7.8","dest_port":80,"proto":"TCP","alert":{"signature":"ET SCAN","signature_id":2,"severity":2}}',
    {
      service: 'suricata',
      'rule.name': 'ET SCAN',
      'source.ip': '1.2.3.4',
      severity: 13,
      time: '2024-01-31T12:00:00.123Z',
    },
  ],
  [
    '01/31-12:00:00.123456  [**] [1:2009582:3] ET SCAN NMAP [**] [Classification: Attempted Recon] [Priority: 2] {TCP} 1.2.3.4:5 -> 5.6.7.8:80',
    { service: 'snort', 'rule.id': '2009582', 'rule.name': 'ET SCAN NMAP', 'destination.port': '80' },
  ],
  [
    '[Mon Dec 26 16:22:08.5 2016] [:error] [pid 7] [client 1.2.3.4:5] ModSecurity: Access denied with code 403 [id "942100"] [msg "SQL Injection"] [uri "/a"]',
    { service: 'apache', 'rule.id': '942100', 'rule.name': 'SQL Injection', 'source.ip': '1.2.3.4', 'url.path': '/a' },
  ],
  [
    '30-Dec-2020 11:44:31.277 SEVERE [main] org.apache.catalina.util.LifecycleBase.handle Failed to init\n\tat a.B.c(B.java:1)',
    {
      service: 'tomcat',
      severity: 17,
      'log.logger': 'org.apache.catalina.util.LifecycleBase',
      'log.origin.function': 'handle',
      'process.thread.name': 'main',
    },
  ],
  [
    'Jul 30, 2020 3:00:21 PM org.apache.coyote.http11.Http11Protocol init\nINFO: Initializing Coyote',
    { service: 'tomcat', body: 'Initializing Coyote', severity: 9, time: '2020-07-30T15:00:21.000Z' },
  ],
  [
    '2024-01-31 12:00:00.123  WARN 4242 --- [nio-8080-exec-1] o.s.web.Controller : slow',
    { severity: 13, 'process.pid': '4242', 'log.logger': 'o.s.web.Controller', body: 'slow' },
  ],
  [
    '2024-01-31 12:00:00,123 ERROR [org.jboss.as.server] (Controller Boot Thread) WFLYSRV0055: x\njava.lang.IllegalStateException: no\n\tat a.B.c(B.java:1)',
    {
      service: 'wildfly',
      severity: 17,
      'exception.type': 'java.lang.IllegalStateException',
      'exception.message': 'no',
    },
  ],
  [
    'INFO  [main] 2024-01-31 12:00:00,123 CassandraDaemon.java:488 - Startup',
    { service: 'cassandra', body: 'Startup', 'log.origin.line': '488' },
  ],
  [
    '# Time: 2024-01-31T12:00:00.5Z\n# User@Host: app[app] @ web1 [1.2.3.4]  Id:  7\n# Query_time: 2.5  Lock_time: 0.1 Rows_sent: 1  Rows_examined: 9\nSET timestamp=1706702400;\nselect 1;',
    {
      service: 'mysql',
      'db.query.duration': '2.5',
      'user.name': 'app',
      'db.statement': 'select 1;',
      'source.ip': '1.2.3.4',
    },
  ],
  [
    "2024-01-31 12:00:00.12 Logon       Login failed for user 'sa'. Reason: x [CLIENT: 1.2.3.4]",
    { service: 'mssql', 'user.name': 'sa', 'source.ip': '1.2.3.4', severity: 17 },
  ],
  [
    '1525344856.899  16867 10.170.72.111 TCP_TUNNEL/200 6256 CONNECT logs.a.com:443 - HIER_DIRECT/53.140.206.134 -',
    {
      service: 'squid',
      'event.action': 'TCP_TUNNEL',
      'http.response.status_code': '200',
      'url.original': 'logs.a.com:443',
    },
  ],
  [
    'Jan 31 12:00:00 mx postfix/smtp[9]: 4ABCDEF123: to=<a@b.c>, relay=mx.b.c[1.2.3.4]:25, delay=1, dsn=5.1.1, status=bounced (x)',
    { 'mail.queue_id': '4ABCDEF123', 'email.to.address': 'a@b.c', 'event.outcome': 'bounced', severity: 13 },
  ],
  [
    'Jan 31 12:00:00 h CRON[9]: (root) CMD (run-parts /etc/cron.hourly)',
    { 'cron.command': 'run-parts /etc/cron.hourly', 'user.name': 'root', service: 'CRON' },
  ],
  [
    '{"EventID":4625,"Channel":"Security","Computer":"pc1","TargetUserName":"eve","IpAddress":"1.2.3.4","Message":"failed","TimeCreated":"2024-01-31T12:00:00Z"}',
    { service: 'windows', host: 'pc1', 'event.code': '4625', 'user.name': 'eve', body: 'failed' },
  ],
  [
    '{"log":"ts=2024-01-31T12:00:00Z level=error msg=\\"boom\\" err=x\\n","stream":"stderr","time":"2024-01-31T12:00:01Z"}',
    { body: 'boom', severity: 17, stream: 'stderr', 'error.message': 'x' },
  ],
  [
    '{"level":50,"time":1706702400123,"msg":"pino","trace_id":"0af7651916cd43dd8448eb211c80319c","span_id":"b7ad6b7169203331"}',
    {
      severity: 17,
      body: 'pino',
      traceId: '0af7651916cd43dd8448eb211c80319c',
      spanId: 'b7ad6b7169203331',
      time: '2024-01-31T12:00:00.123Z',
    },
  ],
  ['E0131 12:00:00.123456    1 main.go:5] boom', { severity: 17, body: 'boom', 'log.origin.file.name': 'main.go:5' }],
  [
    '[2020-01-20 01:32:00,705] [ERROR] [controller-event-thread] [state.change.logger] - Failed to elect a leader',
    { 'log.logger': 'state.change.logger', severity: 17, body: 'Failed to elect a leader' },
  ],
  [
    'ts=2026-11-24T10:00:00Z level=warn service=billing msg="payment late" order=17',
    { service: 'billing', order: '17', body: 'payment late', severity: 13 },
  ],
  ['just words', { body: 'just words', severity: 0, time: '2026-11-25T00:00:00.000Z' }],
]; // prettier-ignore

test('formats are recognised by themselves', () => {
  const wrong = LINES.flatMap(([body, expected]) => {
    const got = parsed({ body });
    return Object.entries(expected).flatMap(([name, value]) =>
      got[name] === value ? [] : [`${body.slice(0, 60)}: ${name} is ${got[name]}, not ${value}`],
    );
  });
  assert.deepEqual(wrong, []);
});

test('what the protocol says stands; a format that is named is not guessed', () => {
  const got = parsed({
    body: 'Failed password for root from 1.2.3.4 port 5 ssh2',
    service: 'sshd',
    host: 'h',
    severity: 9,
    t: 1_700_000_000_000,
    resource: ['a', 'b'],
  });
  assert.deepEqual(
    [got['host'], got['source.ip'], got['time'], got['resources']],
    ['h', '1.2.3.4', '2023-11-14T22:13:20.000Z', 2],
  );
  assert.equal(parsed({ body: 'a=1 b=2', format: 'json' })['parse.error'], 'format: not json');
  assert.equal(parsed({ body: 'a=1 b=2', format: 'logfmt' })['a'], '1');
});
