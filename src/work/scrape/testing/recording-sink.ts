import type { RecordBatch, RecordSink } from '#core/sink.ts';

/** A sink that keeps what it is given. */
export class RecordingSink implements RecordSink {
  readonly #batches: RecordBatch[] = [];
  readonly #waiting: ((batch: RecordBatch) => void)[] = [];

  readonly writeRecords = async (batch: RecordBatch) => {
    const waiting = this.#waiting.shift();
    if (waiting === undefined) this.#batches.push(batch);
    else waiting(batch);
    return { accepted: 0, rejectedTotal: 0, rejected: [] };
  };

  /** The next batch that was not given yet. */
  next(): Promise<RecordBatch> {
    const kept = this.#batches.shift();
    return kept === undefined ? new Promise((resolve) => this.#waiting.push(resolve)) : Promise.resolve(kept);
  }
}

/** The samples of a batch as `name{label="value"} v`, without times. */
export function lines({ samples, stale }: RecordBatch): { samples: string[]; stale: string[] } {
  const { keys = [], values = new Float64Array() } = samples ?? {};
  return {
    samples: keys.map((key, i) => `${spell(key)} ${values[i]}`),
    stale: (stale?.keys ?? []).map(spell),
  };
}

function spell(key: string): string {
  const [name = '', ...labels] = key.split('\x1f');
  return `${name}{${labels.map((label) => label.replace('\x1e', '=')).join(',')}}`;
}
