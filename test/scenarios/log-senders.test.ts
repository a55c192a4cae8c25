import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { Product } from '../product/product.ts';
import { makeCertificate, NO_RSYSLOG, NO_SYSLOG_NG, startRsyslog, startSyslogNg } from './log-peers.ts';

const LINES = 50;
const BODIES = Array.from({ length: LINES }, (_, i) => `line ${String(i).padStart(3, '0')} grüße <b>`);

let product: Product;
let folder: string;
let cert: string;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nocmate-log-senders-'));
  const made = await makeCertificate(folder);
  cert = made.cert;
  const config = join(folder, 'nocmate.yaml');
  const tls = `{ listen: "127.0.0.1:0", cert: ${made.cert}, key: ${made.key} }`;
  await writeFile(config, `inputs: { syslog: { tls: ${tls} } }\n`);
  product = await Product.start({ env: { NOCMATE_CONFIG: config } });
});
after(async () => {
  await product?.remove();
  await rm(folder, { recursive: true });
});

type Row = {
  readonly service: string;
  readonly host: string;
  readonly severity: number;
  readonly body: string;
  readonly facility: string;
  readonly from: string;
  readonly age: number;
};

/** What services sent, once there are so many lines. */
async function linesOf(prefix: string, count: number): Promise<Row[]> {
  let rows: Row[] = [];
  await product.until(async () => {
    rows = await product.sql<Row>(
      `SELECT service, host, severity, body, attrs['syslog.facility'] AS facility, attrs['source.address'] AS from,
         abs(dateDiff('second', ts, now64(6))) AS age
       FROM logs WHERE source = 'syslog' AND startsWith(service, '${prefix}') ORDER BY service, body`,
    );
    return rows.length >= count;
  });
  return rows;
}

async function ports(): Promise<Record<'udp' | 'tcp' | 'tls', number>> {
  const port = async (kind: string): Promise<number> => (await product.listener(`syslog/${kind}`)).port;
  return { udp: await port('udp'), tcp: await port('tcp'), tls: await port('tls') };
}

/** Every way has every line once, with what the sender said of it. */
function assertWhole(rows: readonly Row[], services: readonly string[]): void {
  for (const service of services) {
    const found = rows.filter((row) => row.service === service);
    assert.deepEqual(
      found.map(({ body }) => body),
      BODIES,
      service,
    );
    for (const { severity, facility, from, host, age } of found) {
      assert.deepEqual([severity, facility, from], [13, 'local3', '127.0.0.1'], service);
      assert.ok(host !== '' && host !== '127.0.0.1', `${service}: the host is the sender's name, not "${host}"`);
      assert.ok(age < 600, `${service}: its time is ${age} s off`);
    }
  }
}

test('rsyslog by UDP, both framings of TCP, and TLS', { skip: NO_RSYSLOG }, async (t) => {
  const { udp, tcp, tls } = await ports();
  const forward = (tag: string, port: number, rest: string): string =>
    `if $programname == "${tag}" then action(type="omfwd" target="127.0.0.1" port="${port}" ${rest})`;
  const octets = 'template="RSYSLOG_SyslogProtocol23Format" protocol="tcp" TCP_Framing="octet-counted"';
  const daemon = await startRsyslog(
    folder,
    [
      forward('rs-udp', udp, 'template="RSYSLOG_TraditionalForwardFormat" protocol="udp"'),
      forward('rs-lines', tcp, 'template="RSYSLOG_ForwardFormat" protocol="tcp"'),
      forward('rs-octets', tcp, octets),
      `global(defaultNetstreamDriverCAFile="${cert}")`,
      forward('rs-tls', tls, `${octets} StreamDriver="gtls" StreamDriverMode="1" StreamDriverAuthMode="anon"`),
    ].join('\n'),
  );
  t.after(() => daemon.stop());
  const tags = ['rs-lines', 'rs-octets', 'rs-tls', 'rs-udp'];
  for (const tag of tags) await daemon.log(tag, BODIES);
  assertWhole(await linesOf('rs-', LINES * tags.length), tags);
});

test('syslog-ng by UDP, TCP of either RFC, and TLS', { skip: NO_SYSLOG_NG }, async (t) => {
  const { udp, tcp, tls } = await ports();
  const path = (tag: string, destination: string): string =>
    `log { source(s); filter { program("${tag}") }; destination { ${destination} }; };`;
  const daemon = await startSyslogNg(
    folder,
    [
      path('ng-udp', `network("127.0.0.1" port(${udp}) transport("udp"));`),
      path('ng-lines', `network("127.0.0.1" port(${tcp}) transport("tcp"));`),
      path('ng-octets', `syslog("127.0.0.1" port(${tcp}) transport("tcp") persist-name("octets"));`),
      path('ng-tls', `syslog("127.0.0.1" port(${tls}) transport("tls") tls(ca-file("${cert}")));`),
    ].join('\n'),
  );
  t.after(() => daemon.stop());
  const tags = ['ng-lines', 'ng-octets', 'ng-tls', 'ng-udp'];
  for (const tag of tags) await daemon.log(tag, BODIES);
  assertWhole(await linesOf('ng-', LINES * tags.length), tags);
});

test('logger by UDP and TCP of either RFC', { skip: NO_RSYSLOG }, async () => {
  const { udp, tcp } = await ports();
  const logger = (args: readonly string[]) => promisify(execFile)('logger', args);
  const to = (port: number): string[] => ['-n', '127.0.0.1', '-P', String(port), '-p', 'local3.warning'];
  await logger([...to(udp), '-d', '-t', 'lg-1', '--rfc5424', 'one']);
  await logger([...to(udp), '-d', '-t', 'lg-2', '--rfc3164', 'two']);
  await logger([...to(tcp), '-T', '-t', 'lg-3', '--octet-count', 'three']);
  await logger([...to(tcp), '-T', '-t', 'lg-4', '--rfc3164', 'four']);
  const rows = await linesOf('lg-', 4);
  assert.deepEqual(
    rows.map(({ body, facility }) => [body, facility]),
    [
      ['one', 'local3'],
      ['two', 'local3'],
      ['three', 'local3'],
      ['four', 'local3'],
    ],
  ); // prettier-ignore
});

test('everything received is accounted for', async () => {
  const { accounts } = await product.self();
  const account = accounts.find(({ input }) => input === 'syslog') ?? assert.fail('no account of syslog');
  const sum = (counts: Readonly<Record<string, number>>): number => Object.values(counts).reduce((a, b) => a + b, 0);
  assert.equal(account.received, account.stored + account.held + sum(account.rejected) + sum(account.dropped));
  assert.equal(sum(account.rejected), 0);
});
