import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CatalogueEntry } from '#core/api/collectors.ts';
import { clearName, fieldName, optionLabel, printLabels, readLabels, readTarget } from './target-draft.ts';

const ENTRY: CatalogueEntry = {
  ...{ id: 'redis', title: 'Redis', summary: '', group: '', intervalMs: 10_000, metrics: 1, alerts: 0, isRemote: true },
  options: {
    properties: {
      address: { type: 'string' },
      port: { type: 'integer' },
      tls: { type: 'boolean', default: false },
      verify: { type: 'boolean', default: true },
      names: { type: 'array' },
      ca: { type: 'string', format: 'lines' },
      password: { type: 'string', format: 'secret' },
      token: { type: 'string', format: 'secret' },
    },
    required: ['address'],
  },
};

function form(values: Readonly<Record<string, string>>) {
  return { get: (name: string) => values[name] ?? null, has: (name: string) => name in values };
}

test('a form becomes a request: defaults and empty fields are left out, secrets stand apart', () => {
  const request = readTarget(
    form({
      [fieldName('address')]: ' db-1 ',
      [fieldName('port')]: '7000',
      [fieldName('tls')]: 'on',
      [fieldName('verify')]: 'on',
      [fieldName('names')]: 'a, b\nc',
      [fieldName('ca')]: '-----BEGIN\nx\n',
      [fieldName('password')]: 's3cret',
      [clearName('token')]: 'on',
      interval: '30s',
      timeout: '',
      labels: 'env=prod',
      enabled: 'on',
    }),
    ENTRY,
  );
  assert.deepEqual(request, {
    collector: 'redis',
    options: { address: 'db-1', port: 7000, tls: true, names: ['a', 'b', 'c'], ca: '-----BEGIN\nx\n' },
    secrets: { password: 's3cret', token: null },
    labels: { env: 'prod' },
    enabled: true,
    interval: '30s',
  });
});

test('an untouched secret stays as it is, an unticked box is said', () => {
  const request = readTarget(form({ [fieldName('address')]: 'db-1', [fieldName('password')]: '' }), ENTRY);
  assert.deepEqual(request.secrets, {});
  assert.deepEqual(request.options, { address: 'db-1', verify: false });
  assert.equal(request.enabled, false);
});

test('labels are read as they are printed', () => {
  const labels = { env: 'prod', team: 'web & shop' };
  assert.deepEqual(readLabels(printLabels(labels)), labels);
  assert.deepEqual(readLabels(''), {});
  assert.throws(() => readLabels('prod'), /"prod" is no label/);
});

test('names of options are legible', () => {
  assert.deepEqual(['url', 'tlsServerName', 'tlsCa', 'address', 'max_rows'].map(optionLabel), [
    'URL',
    'TLS server name',
    'TLS CA',
    'Address',
    'Max rows',
  ]);
});
