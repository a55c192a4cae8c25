import { AppError } from '#core/errors.ts';
import { Turn } from '#query/graphite/turn.ts';

const MAX_WHOLE = 256 * 1024 * 1024;

/** Joins the pieces of an answer; between them other work of the thread may run. */
export async function joined(pieces: Iterable<string | Uint8Array>): Promise<Uint8Array> {
  const out: Uint8Array[] = [];
  let length = 0;
  const turn = new Turn();
  for (const piece of pieces) {
    const bytes = typeof piece === 'string' ? Buffer.from(piece) : piece;
    out.push(bytes);
    length += bytes.length;
    if (length > MAX_WHOLE) {
      throw new AppError('limit_rows', 'the answer is larger than 256 MiB: use maxDataPoints or fewer series');
    }
    await turn.pass();
  }
  return Buffer.concat(out);
}

/**
 * The pieces of an answer as its body: one that is short as a whole, a longer one as it is written, so that it is never in
 * memory as a whole. What goes wrong up to the second piece is thrown here, while there is no status yet.
 */
export function bodyOf(pieces: Iterator<Uint8Array>): Uint8Array | AsyncIterable<Uint8Array> {
  const first = pieces.next();
  const second = pieces.next();
  if (first.done === true) return new Uint8Array(0);
  return second.done === true ? first.value : following([first.value, second.value], pieces);
}

async function* following(
  begun: readonly Uint8Array[],
  pieces: Iterator<Uint8Array>,
): AsyncGenerator<Uint8Array, void, void> {
  yield* begun;
  const turn = new Turn();
  for (let next = pieces.next(); next.done !== true; next = pieces.next()) {
    yield next.value;
    await turn.pass();
  }
}
