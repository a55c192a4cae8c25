import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { AmqpConfig } from './config.ts';
import { bodyOf, type MessageParts } from './message-body.ts';

type Told = Omit<MessageParts, 'content' | 'routingKey'> & { readonly routingKey?: string };

async function read(content: string | Uint8Array, told: Told = {}, format: AmqpConfig['format'] = 'auto') {
  const message = { routingKey: '', ...told, content: typeof content === 'string' ? Buffer.from(content) : content };
  const read = await bodyOf(message, format);
  return 'body' in read ? [read.body.format, Buffer.from(read.body.bytes).toString()] : read.refusal;
}

const BY_TYPE: readonly (readonly [contentType: string | undefined, body: string, format: string])[] = [
  [undefined, 'a 1 2', 'graphite'],
  ['text/plain; charset=utf-8', 'a 1 2', 'graphite'],
  ['application/json', '[{"name":"a"}]', 'json'],
  ['Application/JSON', ' {"resourceMetrics":[]}', 'otlp-metrics-json'],
  ['application/x-protobuf', 'x', 'otlp-metrics-protobuf'],
  ['text/x-influx', 'a v=1', 'influx'],
];

for (const [contentType, body, format] of BY_TYPE) {
  test(`${contentType ?? 'no content type'} with ${body} is ${format}`, async () => {
    assert.deepEqual(await read(body, { contentType }), [format, body]);
  });
}

test('an operator may say what bodies are, whatever their type', async () => {
  assert.deepEqual(await read('a v=1', { contentType: 'text/plain' }, 'influx'), ['influx', 'a v=1']);
});

test('bodies are unpacked; what cannot be is refused with a reason', async () => {
  assert.deepEqual(await read(gzipSync('a 1 2'), { contentEncoding: 'gzip' }), ['graphite', 'a 1 2']);
  assert.deepEqual(await read(zstdCompressSync(Buffer.from('a 1 2')), { contentEncoding: 'zstd' }), [
    'graphite',
    'a 1 2',
  ]);
  assert.match(String(await read('a 1 2', { contentEncoding: 'gzip' })), /cannot be unpacked \(gzip\)/);
  assert.match(String(await read('a 1 2', { contentEncoding: 'rot13' })), /rot13 is not known/);
  assert.match(String(await read('<a/>', { contentType: 'text/xml' })), /text\/xml is not known/);
  const bomb = gzipSync(Buffer.alloc(64 * 2 ** 20));
  assert.match(String(await read(bomb, { contentEncoding: 'gzip' })), /cannot be unpacked/);
});

const LINES: readonly (readonly [body: string, key: string, named: string])[] = [
  ['1 1795000000\n', 'a.b', 'a.b 1 1795000000\n'],
  ['1 1795000000\r\n2 1795000001', 'a.b', 'a.b 1 1795000000\na.b 2 1795000001'],
  ['x 1 1795000000\n2 1795000001\n\n', 'a$&', 'x 1 1795000000\na$& 2 1795000001\n\n'],
  ['x 1 1795000000\n', 'a.b', 'x 1 1795000000\n'],
  ['ä 1 2\n1 2\n', 'größe', 'ä 1 2\ngröße 1 2\n'],
  ['1 2\n', '', '1 2\n'],
  ['1 2\n', 'two words', '1 2\n'],
];

for (const [body, routingKey, named] of LINES) {
  test(`${JSON.stringify(body)} under ${routingKey} is ${JSON.stringify(named)}`, async () => {
    assert.deepEqual(await read(body, { routingKey }), ['graphite', named]);
  });
}

test('the URL holds a password: it does not stand in the configuration', () => {
  assert.equal(AmqpConfig.parse({}).url, 'env:AMQP_URL');
  assert.equal(AmqpConfig.safeParse({ url: 'amqp://ops:horse@mq' }).success, false);
});
