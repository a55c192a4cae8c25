import { messageOf } from '#core/errors.ts';
import type { RecordBatch, RecordSink } from '#core/sink.ts';

/** Hands batches to the sink without waiting, so that slow or full storage never delays a schedule. */
export type SampleOutbox = {
  readonly send: (batch: RecordBatch) => void;
  /** Resolves when nothing is under way any more. */
  readonly flushed: () => Promise<void>;
};

/** Batches under way for one target before new ones are refused. */
const MOST_UNDER_WAY = 30;

/** What becomes of batches: `onLost` is told how many values were lost, and why. */
export type OutboxFate = {
  readonly onStored: () => void;
  readonly onLost: (count: number, reason: string) => void;
};

/** An outbox in front of the sink; a batch that comes when too many are still under way is lost. */
export function createSampleOutbox(sink: RecordSink, { onStored, onLost }: OutboxFate): SampleOutbox {
  const underWay = new Set<Promise<void>>();

  return {
    send: (batch) => {
      if (underWay.size >= MOST_UNDER_WAY) {
        onLost(countOf(batch), 'storage does not keep up');
        return;
      }
      const write = Promise.resolve()
        .then(() => sink.writeRecords(batch))
        .then(
          ({ rejectedTotal, rejected: [first] }) => {
            if (rejectedTotal > 0) onLost(rejectedTotal, first?.reason ?? 'refused');
            else onStored();
          },
          (error: unknown) => onLost(countOf(batch), messageOf(error)),
        )
        .finally(() => underWay.delete(write));
      underWay.add(write);
    },
    flushed: async () => {
      await Promise.all(underWay);
    },
  };
}

const countOf = ({ samples }: RecordBatch): number => samples?.keys.length ?? 0;
