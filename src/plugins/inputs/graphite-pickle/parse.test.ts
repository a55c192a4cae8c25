import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import fc from 'fast-check';
import { RecordingWriter } from '#core/plugin/recording-writer.ts';
import { pickleReader } from './parse.ts';
import { UnpickleError, unpickle } from './unpickle.ts';

const NOW = 1_795_000_000_123;

function readAll(chunks: readonly Uint8Array[]) {
  const writer = new RecordingWriter(NOW);
  const reader = pickleReader(writer, { maxLineBytes: 100, maxFrameBytes: 1_000_000 });
  const open = chunks.every((chunk) => reader.read(chunk));
  if (open) reader.end();
  const { samples, rejects } = writer.records;
  return { samples: samples.map(({ key, t, v }) => [key, t, v]), rejects: rejects.map(({ reason }) => reason), open };
}

function frame(pickle: Uint8Array): Buffer {
  const prefix = Buffer.alloc(4);
  prefix.writeUInt32BE(pickle.length);
  return Buffer.concat([prefix, pickle]);
}

/** Pickles a Python expression with Python itself, once per protocol. */
function pickled(expression: string): Buffer[] {
  const program = `import pickle,base64\nfor p in range(6): print(base64.b64encode(pickle.dumps(${expression}, protocol=p)).decode())`;
  const run = spawnSync('python3', ['-c', program], { encoding: 'utf8' });
  assert.equal(run.status, 0, run.stderr);
  return run.stdout
    .trim()
    .split('\n')
    .map((line) => Buffer.from(line, 'base64'));
}

test('what Python pickles in any protocol is read', () => {
  const expression = `[('a.b', (1795000000, 1.5)), ('a.b', (1795000001.25, 2)), ('ü.x', (1795000000, -7)),
    ['l', [1795000000, 10**12]], ('now', (-1, 0)), ('big', (1795000000, 2**70)), ('inf', (1795000000, float('inf'))),
    ('text', ('1795000000', '3.25'))]`;
  for (const [protocol, pickle] of pickled(expression).entries()) {
    assert.deepEqual(
      readAll([frame(pickle)]),
      {
        samples: [
          ['a.b', 1_795_000_000_000, 1.5],
          ['a.b', 1_795_000_001_250, 2],
          ['ü.x', 1_795_000_000_000, -7],
          ['l', 1_795_000_000_000, 1e12],
          ['now', NOW, 0],
          ['big', 1_795_000_000_000, 2 ** 70],
          ['inf', 1_795_000_000_000, Infinity],
          ['text', 1_795_000_000_000, 3.25],
        ],
        rejects: [],
        open: true,
      },
      `protocol ${protocol}`,
    );
  }
});

test('records that are no samples are refused one by one', () => {
  const expression = `[('a', (1795000000, float('nan'))), ('b', (1795000000, None)), ('c', ('x', 1)), ('d', 1), 'e',
    (5, (1795000000, 1)), ('ok', (1795000000, 1))]`;
  for (const pickle of pickled(expression)) {
    const { samples, rejects } = readAll([frame(pickle)]);
    assert.deepEqual(rejects, ['nan', 'bad_value', 'bad_time', 'bad_line', 'bad_line', 'bad_line']);
    assert.deepEqual(samples, [['ok', 1_795_000_000_000, 1]]);
  }
});

test('a pickle that could import, build or call anything is refused whole', () => {
  const evil = [
    `type('E', (), {'__reduce__': lambda s: (__import__('os').system, ('true',))})()`,
    `[('a', (1, 2)), type('E', (), {'__reduce__': lambda s: (eval, ('1',))})()]`,
    `__import__('decimal').Decimal('1')`,
    `{'a': 1}`,
    `{1, 2}`,
    `__import__('datetime').datetime(2026, 1, 1)`,
  ];
  for (const expression of evil) {
    for (const pickle of pickled(expression)) {
      assert.deepEqual(readAll([frame(pickle)]), { samples: [], rejects: ['bad_frame'], open: true }, expression);
    }
  }
});

test('a frame beyond the limit ends the connection, a frame that is cut is counted', () => {
  const prefix = Buffer.alloc(4);
  prefix.writeUInt32BE(1_000_001);
  assert.deepEqual(readAll([prefix]), { samples: [], rejects: ['too_long'], open: false });
  assert.deepEqual(readAll([Buffer.from([0, 0, 0, 9, 1, 2])]), { samples: [], rejects: ['bad_frame'], open: true });
});

test('where the stream is cut makes no difference', () => {
  const pickles = pickled(`[('a.b', (1795000000, 1.5)), ('c', (1795000001, 2))]`);
  const stream = Buffer.concat([...pickles, Buffer.from('junk')].map(frame));
  const whole = readAll([stream]);
  assert.equal(whole.samples.length, 12);
  fc.assert(
    fc.property(fc.array(fc.nat(stream.length), { maxLength: 10 }), (cuts) => {
      const places = [0, ...cuts, stream.length].sort((a, b) => a - b);
      const chunks = places.slice(1).map((end, i) => stream.subarray(places[i], end));
      assert.deepEqual(readAll(chunks), whole);
    }),
  );
});

test('any bytes give a value or an UnpickleError, nothing else', () => {
  const seeds = pickled(`[('a.b', (1795000000, 1.5)), ('c', [1, 2**80, b'x', None, True])]`);
  const mutated = fc.tuple(fc.constantFrom(...seeds), fc.array(fc.tuple(fc.nat(200), fc.nat(255)), { maxLength: 6 }));
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 60 }), mutated), (input) => {
      const bytes = input instanceof Uint8Array ? input : Buffer.from(input[0]);
      if (!(input instanceof Uint8Array)) for (const [at, byte] of input[1]) bytes[at % bytes.length] = byte;
      try {
        unpickle(bytes);
      } catch (error) {
        assert.ok(error instanceof UnpickleError, String(error));
      }
    }),
    { numRuns: 5000 },
  );
});
