import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from './free-port.ts';
import { Peer, peerFolder } from './peer.ts';

const JAVA = '/usr/bin/java';
const COMPILER = '/usr/bin/javac';
const JARS = [
  ...['server', 'servlet', 'util', 'http', 'io', 'jmx', 'security', 'util-ajax'].map((name) => `jetty9-${name}`),
  ...['jolokia-core', 'json-simple', 'servlet-api', 'ehcache', 'slf4j-api', 'slf4j-nop', 'geronimo-jta-1.2-spec'],
].map((name) => `/usr/share/java/${name}.jar`);

/** Why no application in Java can be measured here, or false. */
export const noJavaApplication: string | false = [JAVA, COMPILER, ...JARS].every(existsSync)
  ? false
  : 'a JDK, Jetty, Jolokia and Ehcache are not installed';

/** A Jetty with Jolokia (`/jolokia`), a cache and `/shop?key=…`; further arguments are of its virtual machine. */
export async function startJavaApplication(...flags: readonly string[]): Promise<Peer> {
  const port = await freePort();
  const small = ['-Xmx96m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];
  const source = join(import.meta.dirname, 'JavaApplication.java');
  const args = [...small, ...flags, '-cp', JARS.join(':'), source, String(port)];
  const peer = new Peer({ program: JAVA, args, port, folder: await peerFolder('java') });
  await peer.start();
  return peer;
}
