import assert from 'node:assert/strict';
import { test } from 'node:test';
import { filesystemsOf } from './filesystems.ts';

const value = (name: string, mount: string, number: number, more = {}) => ({
  labels: { __name__: name, system_filesystem_mountpoint: mount, system_filesystem_type: 'ext4', ...more },
  value: number,
});

test('series of one mount are one row, the fullest first', () => {
  const rows = filesystemsOf([
    value('system_filesystem_utilization_ratio', '/', 0.4),
    value('system_filesystem_limit_bytes', '/', 100),
    value('system_filesystem_usage_bytes', '/', 60, { system_filesystem_state: 'free' }),
    value('system_filesystem_usage_bytes', '/', 40, { system_filesystem_state: 'used' }),
    value('system_filesystem_utilization_ratio', '/var', 0.9),
  ]);
  assert.deepEqual(rows, [
    { mount: '/var', type: 'ext4', ratio: 0.9, free: null, size: null },
    { mount: '/', type: 'ext4', ratio: 0.4, free: 60, size: 100 },
  ]);
});

test('series without a mount are left out', () => {
  assert.deepEqual(filesystemsOf([{ labels: { __name__: 'x' }, value: 1 }]), []);
});
