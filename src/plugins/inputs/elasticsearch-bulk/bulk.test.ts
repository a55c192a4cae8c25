import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { AppError } from '#core/errors.ts';
import { RecordingWriter } from '#core/plugin/recording-writer.ts';
import { bulkReply, documentReply, failureOf } from './answers.ts';
import { bulkReader, documentReader } from './bulk-reader.ts';
import plugin from './index.ts';

const NOW = Date.parse('2026-11-25T12:00:00Z');
const LIMITS = { maxLineBytes: 100, maxFrameBytes: 100 };
const REQUEST = { params: {}, query: {}, headers: {} };

function read(body: string, options = {}, factory = bulkReader) {
  const writer = new RecordingWriter(NOW);
  const reader = factory(writer, LIMITS, options);
  reader.read(Buffer.from(body));
  reader.end();
  return writer.records;
}

const lines = (...values: readonly unknown[]): string => `${values.map((value) => JSON.stringify(value)).join('\n')}\n`;

test('a document of Filebeat', () => {
  const document = {
    '@timestamp': '2026-11-25T11:59:58.123Z',
    message: '192.0.2.7 - - "GET / HTTP/1.1" 200',
    log: { level: 'warning', offset: 123, file: { path: '/var/log/nginx/access.log' } },
    host: { name: 'web-1', os: { family: 'debian' } },
    service: { name: 'nginx' },
    trace: { id: 'ABCDEF' },
    tags: ['a', 'b'],
    agent: { version: '8.17.0', ephemeral_id: null },
  };
  assert.deepEqual(read(lines({ create: { _index: 'filebeat-8' } }, document)).logs, [
    {
      t: Date.parse('2026-11-25T11:59:58.123Z'),
      severity: 13,
      body: '192.0.2.7 - - "GET / HTTP/1.1" 200',
      host: 'web-1',
      service: 'nginx',
      traceId: 'abcdef',
      spanId: '',
      source: 'elasticsearch:filebeat-8',
      attributes: [
        ...['log.offset', '123', 'log.file.path', '/var/log/nginx/access.log', 'host.os.family', 'debian'],
        ...['tags', '["a","b"]', 'agent.version', '8.17.0', 'index', 'filebeat-8'],
      ],
    },
  ]);
});

test('dotted and nested names are the same; without a message the line is the document', () => {
  const flat = { '@timestamp': 1_764_072_000_123, 'host.name': 'a', 'log.level': 'shout', index: 'mine', n: 1 };
  const [log] = read(lines({ index: {} }, flat), { index: 'path' }).logs;
  assert.equal(log?.body, JSON.stringify(flat));
  assert.deepEqual([log?.t, log?.host, log?.source], [1_764_072_000_123, 'a', 'elasticsearch:path']);
  assert.deepEqual(log?.attributes, ['log.level', 'shout', 'index', 'mine', 'n', '1']);
});

test('what cannot be taken is refused by item, the rest is taken', () => {
  const body = [
    lines({ index: {} }, { message: 'one' }),
    lines({ delete: { _id: '1' } }),
    lines({ update: { _id: '1' } }, { doc: {} }),
    '{"index":{}}\n{"message":\n',
    '{"index":{}}\n[1]\n',
    `{"index":{}}\n{"message":"${'x'.repeat(2 ** 21)}"}\n`,
    lines({ create: {} }, { message: 'seven' }),
    '{"create":{}}',
  ].join('\n');
  const { logs, rejects } = read(body);
  assert.deepEqual(
    logs.map((log) => log.body),
    ['one', 'seven'],
  ); // prettier-ignore
  assert.deepEqual(
    rejects.map(({ line, reason }) => [line, reason]),
    [
      [2, 'bad_line'],
      [3, 'bad_line'],
      [4, 'bad_line'],
      [5, 'bad_line'],
      [6, 'too_long'],
      [8, 'bad_line'],
    ],
  );
});

test('a body that is no bulk is refused', () => {
  for (const body of ['hello\n', '[]\n', '{"destroy":{}}\n', '{"index":1}\n', `{"index":"${'x'.repeat(2 ** 21)}"}\n`]) {
    assert.throws(() => read(body), /Malformed action/);
  }
});

test('every item has its result, in order', () => {
  const rejected = [
    { line: 2, reason: 'too_old' as const },
    { line: 3, reason: 'filtered' as const },
    { line: 4, reason: 'spool_full' as const, detail: 'no room' },
  ];
  const { status, headers, body } = bulkReply({ accepted: 2, rejectedTotal: 3, rejected }, REQUEST);
  const answer = JSON.parse(String(body)) as { errors: boolean; items: { create: { status: number } }[] };
  assert.equal(status, 200);
  assert.equal(headers?.['x-elastic-product'], 'Elasticsearch');
  assert.equal(answer.errors, true);
  assert.deepEqual(
    answer.items.map(({ create }) => create.status),
    [201, 400, 201, 429, 201],
  ); // prettier-ignore
  const fine = JSON.parse(String(bulkReply({ accepted: 1, rejectedTotal: 0, rejected: [] }, REQUEST).body)) as object;
  assert.deepEqual(fine, { took: 0, errors: false, items: [{ create: { _index: 'logs', _id: '', status: 201 } }] });
});

test('items that are refused for now and cannot be named are never said to be taken', () => {
  const rejected = [{ line: 1, reason: 'spool_full' as const }];
  assert.equal(bulkReply({ accepted: 0, rejectedTotal: 200, rejected }, REQUEST).status, 429);
});

test('faults and single documents are answered as Elasticsearch does', () => {
  assert.equal(failureOf(new AppError('disk_full', 'x')).status, 429);
  assert.equal(failureOf(new AppError('bad_request', 'x')).status, 400);
  const [log] = read('{"message":"m"}', { index: 'i' }, documentReader).logs;
  assert.deepEqual([log?.body, log?.source], ['m', 'elasticsearch:i']);
  assert.equal(documentReply({ accepted: 1, rejectedTotal: 0, rejected: [] }, REQUEST).status, 201);
  const rejected = [{ line: 1, reason: 'bad_line' as const }];
  assert.equal(documentReply({ accepted: 0, rejectedTotal: 1, rejected }, REQUEST).status, 400);
});

test('shippers find everything set up, without a login', () => {
  const get = (path: string, params = {}): unknown => {
    const endpoint = plugin.endpoints?.find((one) => one.method === 'GET' && one.path === path);
    assert.equal(endpoint?.isPublic, true, path);
    const reply = endpoint?.reply({ accepted: 0, rejectedTotal: 0, rejected: [] }, { ...REQUEST, params });
    assert.equal(reply?.headers?.['x-elastic-product'], 'Elasticsearch');
    return JSON.parse(String(reply?.body)) as unknown;
  };
  assert.match(JSON.stringify(get('/elasticsearch/')), /"number":"8\..*You Know, for Search/);
  assert.match(JSON.stringify(get('/elasticsearch/_license')), /"status":"active"/);
  assert.deepEqual(get('/elasticsearch/_ilm/policy/:name', { name: 'filebeat' }), {
    filebeat: { version: 1, policy: { phases: {} } },
  });
});

test('any bytes are taken or refused', () => {
  const piece = fc.oneof(
    fc.constantFrom('{"index":{}}\n', '{"create":{"_index":"a"}}\n', '\n', '{"message":"m"}\n', '{"@timestamp":"x"}\n'),
    fc.json().map((text) => `${text}\n`),
    fc.string({ unit: 'binary', maxLength: 30 }),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
      try {
        read(pieces.join(''));
      } catch (error) {
        assert.ok(error instanceof AppError);
      }
    }),
  );
});
