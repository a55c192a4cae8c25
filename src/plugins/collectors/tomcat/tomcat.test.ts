import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Listener } from '#core/plugin/discovery.ts';
import { tomcatDiscovery } from './discovery.ts';
import { parseAnswer } from './parse.ts';

test('names in quotes, values of several lines and limits that are none', () => {
  const { values } = parseAnswer(
    [
      'OK - Number of results: 2',
      '',
      'Name: Catalina:type=ThreadPool,name="http-nio-127.0.0.1-8080"',
      'currentThreadCount: 10',
      'enabledProtocols: Array[java.lang.String] of length 1',
      '\tTLSv1.3',
      'maxConnections: -1',
      'name: http-nio',
      '',
      'Name: Catalina:type=Manager,host=localhost,context=/shop',
      'activeSessions: 3',
      '',
    ].join('\n'),
  );
  assert.deepEqual(values, [
    { metric: 'tomcat_threads', labels: { connector: 'http-nio-127.0.0.1-8080', state: 'all' }, value: 10 },
    { metric: 'tomcat_sessions_active', labels: { virtual_host: 'localhost', context: '/shop' }, value: 3 },
  ]);
});

test('an error of the proxy and another page are typed errors', () => {
  assert.throws(() => parseAnswer('Error - javax.management.MalformedObjectNameException'), { kind: 'answer' });
  assert.throws(() => parseAnswer('<html>Log in</html>'), { kind: 'protocol' });
});

test('each process is proposed once, by a port that speaks HTTP', () => {
  const listener = (port: number): Listener => {
    const commandLine = ['/usr/bin/java', '-cp', 'x.jar', 'org.apache.catalina.startup.Bootstrap', 'start'];
    return { address: '::', port, pid: 7, program: 'java', commandLine };
  };
  const proposals = tomcatDiscovery.propose({ listeners: [8005, 8080, 8443].map(listener), files: new Map() });
  assert.deepEqual(
    proposals.flatMap(({ candidates }) => candidates),
    [{ url: 'http://127.0.0.1:8080/manager' }],
  );
});
