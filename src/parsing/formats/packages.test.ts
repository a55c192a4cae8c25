import assert from 'node:assert/strict';
import { test } from 'node:test';
import { traceLogParser } from '#parsing/trace-log-parser.ts';

const NOW = Date.parse('2026-11-25T00:00:00Z');

function read(body: string): Readonly<Record<string, unknown>> {
  const { format, record } = traceLogParser({}, () => 0)({ body, source: 'file:/var/log/x.log' }, NOW);
  assert.ok(record !== undefined);
  const { attributes, host, service, t } = record;
  const fields: Record<string, unknown> = { format, host, service, time: new Date(t).toISOString(), body: record.body };
  for (let i = 0; i < attributes.length; i += 2) fields[attributes[i] ?? ''] = attributes[i + 1];
  return fields;
}

function assertRead(line: string, expected: Readonly<Record<string, unknown>>): void {
  const got = read(line);
  for (const [name, value] of Object.entries(expected)) assert.equal(got[name], value, `${line}: ${name}`);
}

const AT = { host: '', service: 'dpkg', format: 'dpkg', time: '2025-06-24T14:36:25.000Z' };

test('lines of dpkg.log are those of dpkg, not of a host "startup" or "status"', () => {
  const at = '2025-06-24 14:36:25';
  assertRead(`${at} startup archives unpack`, { ...AT, 'event.action': 'startup', 'dpkg.decision': 'unpack' });
  assertRead(`${at} upgrade libsystemd0:amd64 252.36-1~deb12u1 252.38-1~deb12u1`, {
    ...AT,
    'event.action': 'upgrade',
    'package.name': 'libsystemd0',
    'package.architecture': 'amd64',
    'package.installed_version': '252.36-1~deb12u1',
    'package.version': '252.38-1~deb12u1',
  });
  assertRead(`${at} status half-configured libc-bin:amd64 2.36-9+deb12u10`, {
    ...AT,
    'dpkg.state': 'half-configured',
    'package.name': 'libc-bin',
  });
  assertRead(`${at} install less:amd64 <none> 590-2.1`, { ...AT, 'package.installed_version': undefined });
  assertRead(`${at} conffile /etc/a b.conf keep`, { ...AT, 'file.path': '/etc/a b.conf', 'dpkg.decision': 'keep' });
});

test('update-alternatives tells its time after its name', () => {
  assertRead('update-alternatives 2025-06-24 14:36:53: link group pager updated to point to /usr/bin/less', {
    format: 'alternatives',
    service: 'update-alternatives',
    time: '2025-06-24T14:36:53.000Z',
    body: 'link group pager updated to point to /usr/bin/less',
  });
});

test('a time with a space is syslog only before a host and a program', () => {
  assertRead('2025-06-24 14:36:25 web-1 cron[12]: (root) CMD (x)', { format: 'syslog', host: 'web-1' });
  for (const body of [
    '2025-06-24 14:36:25 Worker started with 3 threads',
    '2025-06-24 14:36:25 status unknown',
    '2025-06-24 14:36:25 Connection refused: retrying in 5 s',
  ])
    assertRead(body, { host: '', format: 'timed', body });
});
