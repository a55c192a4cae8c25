import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressOf, checkName, TcpCheckConfig } from './config.ts';
import { unescaped } from './escapes.ts';

test('escapes stand for their characters, others for themselves', () => {
  assert.equal(unescaped(String.raw`a\r\n\t\0\x41\\n\q`), 'a\r\n\t\0A\\n\\q');
});

test('a preset has a usual port, and its name is in that of the check', () => {
  const config = TcpCheckConfig.parse({ address: 'mail-1', preset: 'smtp' });
  assert.deepEqual(addressOf(config), { host: 'mail-1', port: 25 });
  assert.equal(checkName(config), 'smtp mail-1:25');
  assert.equal(checkName(TcpCheckConfig.parse({ address: 'mail-1:465' })), 'mail-1:465');
});

test('without one the port must be written', () => {
  assert.throws(() => TcpCheckConfig.parse({ address: 'mail-1' }), /write host:port/);
  assert.throws(() => TcpCheckConfig.parse({ address: 'mail-1:25', expect: '(' }), /RE2/);
});
