import { existsSync } from 'node:fs';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from './free-port.ts';
import { Peer, peerFolder } from './peer.ts';

const HOME = '/usr/share/tomcat10';
const MANAGER = '/usr/share/tomcat10-admin/manager';
const JAVA = '/usr/bin/java';

/** Why Tomcat cannot be measured here, or false. */
export const noTomcat: string | false = [JAVA, HOME, MANAGER].every(existsSync)
  ? false
  : 'tomcat10 and tomcat10-admin are not installed';

/** A Tomcat with its manager, and the user `ops` with the password `horse`, who may use the JMX proxy. */
export async function startTomcat(): Promise<Peer> {
  const port = await freePort();
  const folder = await peerFolder('tomcat');
  for (const name of ['conf', 'logs', 'work', 'temp', 'webapps']) await mkdir(join(folder, name));
  await copyFile('/etc/tomcat10/web.xml', join(folder, 'conf', 'web.xml'));
  await writeFile(
    join(folder, 'conf', 'tomcat-users.xml'),
    '<tomcat-users><user username="ops" password="horse" roles="manager-jmx"/></tomcat-users>',
  );
  await writeFile(
    join(folder, 'conf', 'server.xml'),
    `<Server port="-1"><Service name="Catalina">
  <Connector port="${port}" address="127.0.0.1" protocol="HTTP/1.1" maxThreads="8"/>
  <Engine name="Catalina" defaultHost="localhost">
    <Realm className="org.apache.catalina.realm.MemoryRealm" pathname="conf/tomcat-users.xml"/>
    <Host name="localhost" appBase="webapps"><Context path="/manager" docBase="${MANAGER}" privileged="true"/></Host>
  </Engine>
</Service></Server>
`,
  );
  const jars = ['bootstrap.jar', 'tomcat-juli.jar'].map((name) => join(HOME, 'bin', name)).join(':');
  const small = ['-Xmx96m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];
  const places = [`-Dcatalina.home=${HOME}`, `-Dcatalina.base=${folder}`, `-Djava.io.tmpdir=${join(folder, 'temp')}`];
  const args = [...small, '-cp', jars, ...places, 'org.apache.catalina.startup.Bootstrap', 'start'];
  const peer = new Peer({ program: JAVA, args, port, folder });
  await peer.start();
  return peer;
}
