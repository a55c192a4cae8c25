import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { pickle } from './pickle.ts';

const PYTHON = 'import pickle, sys; print(repr(pickle.loads(sys.stdin.buffer.read())))';

/** What Python reads, or undefined without Python. */
function unpickled(bytes: Uint8Array): string | undefined {
  try {
    return execFileSync('python3', ['-c', PYTHON], { input: bytes }).toString().trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

test('Python reads what is written', (t) => {
  const values = new Float64Array([1.5, Number.NaN, Number.POSITIVE_INFINITY]);
  const long = new Float64Array(20_000).fill(2);
  const written = pickle([
    { dict: { name: 'ä;"x"', start: { int: 1_795_132_800 }, far: { int: -(2 ** 40) }, values, leaf: true } },
    false,
    undefined,
    [],
    [...long].length,
  ]);
  const read = unpickled(written);
  if (read === undefined) return t.skip('there is no python3');
  assert.equal(
    read,
    `[{'name': 'ä;"x"', 'start': 1795132800, 'far': -1099511627776, 'values': [1.5, None, inf], 'leaf': True}, False, None, [], 20000.0]`,
  );
  assert.equal(unpickled(pickle(long)), `[${Array.from(long, () => '2.0').join(', ')}]`);
});

test('protocol 2 in bytes', () => {
  assert.equal(
    Buffer.from(pickle([{ int: 1 }, 'a', 0.5])).toString('hex'),
    '80025d284a01000000580100000061473fe0000000000000652e',
  );
});
