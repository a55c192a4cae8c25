import type { InputRows } from '#pipeline/protocol.ts';
import type { CommitJournal, PositionChanges } from '#storage/spool/commit-journal.ts';
import type { SpoolFile } from '#storage/spool/spool-file.ts';
import type { PreparedFile, SpoolWriter } from '#storage/spool/spool-writer.ts';
import type { SeriesRules } from './aggregation/series-rules.ts';
import type { Batch } from './batch.ts';
import { putBackDueSeries, type SeriesTimes, seriesBlock, slices, takeDueSeries } from './blocks.ts';
import type { RecentSamples } from './recent-samples.ts';
import type { Chunk } from './row-chunk.ts';
import { SamplesEncoder } from './samples-encoder.ts';
import type { SeriesCatalogue } from './series-catalogue.ts';
import type { Ticket } from './ticket.ts';

/** What is written and becomes durable together. */
export type Round = {
  batches: readonly Batch[];
  chunks: readonly Chunk[];
  tickets: readonly Ticket[];
  /** So many of the tickets are of senders who send again once they are answered. */
  readonly senders: number;
  /** Where sources are read on behind the records of the round. */
  readonly positions: PositionChanges;
  /** Its files once they count: what is left to do is to give them their names. */
  committed?: readonly WrittenPart[];
};

/** A file of a round, and what the others are told once it is durable. */
type WrittenPart = { readonly prepared: PreparedFile; readonly announce: () => void };

export type RoundWriterParts = {
  readonly catalogue: SeriesCatalogue;
  readonly rules: Pick<SeriesRules, 'describe'>;
  readonly recent: RecentSamples;
  readonly writer: SpoolWriter;
  readonly journal: Pick<CommitJournal, 'append'>;
  /** A file of these rows is durable. */
  readonly announce: (file: SpoolFile, inputs: InputRows) => void;
};

/** A file of this many holds up the thread for about a tenth of a second; a flood of new series makes many files. */
const SERIES_PER_FILE = 25_000;

/** Writes rounds to the spool, one after the other. */
export class RoundWriter {
  readonly #parts: RoundWriterParts;
  readonly #encoder = new SamplesEncoder();

  constructor(parts: RoundWriterParts) {
    this.#parts = parts;
  }

  /** Resolves when the round is durable. Throws as the spool's writer does; it may then be called again. */
  async write(round: Round): Promise<void> {
    if (round.committed === undefined) {
      await this.#writeSeries([...round.batches, ...round.chunks.map((chunk) => chunk.seriesTimes)]);
    }
    if (round.positions.size > 0) await this.#writeWhole(round);
    else await this.#writeEach(round);
  }

  /** File by file: what is written stays written when the space ends before the last. */
  async #writeEach(round: Round): Promise<void> {
    const written: WrittenPart[] = [];
    const keep = async (part: WrittenPart): Promise<void> => {
      await part.prepared.publish();
      written.push(part);
    };
    try {
      while (round.batches[0] !== undefined) {
        await keep(await this.#prepareBatch(round.batches[0]));
        round.batches = round.batches.slice(1);
      }
      while (round.chunks[0] !== undefined) {
        const chunk = round.chunks[0];
        await keep(await this.#prepareChunk(chunk));
        round.chunks = round.chunks.slice(1);
        chunk.done();
      }
    } finally {
      await this.#settle(written);
    }
  }

  /** All files and the positions in one step: the record of the journal is the point from which on they count. */
  async #writeWhole(round: Round): Promise<void> {
    round.committed ??= await this.#commitWhole(round);
    const written: WrittenPart[] = [];
    try {
      while (round.committed[0] !== undefined) {
        await round.committed[0].prepared.publish();
        written.push(round.committed[0]);
        round.committed = round.committed.slice(1);
      }
    } finally {
      await this.#settle(written);
    }
  }

  /** The names of files are durable before anyone is told of them. */
  async #settle(written: readonly WrittenPart[]): Promise<void> {
    if (written.length > 0) await this.#parts.writer.commit(written.map(({ prepared }) => prepared.file.table));
    for (const { announce } of written) announce();
  }

  async #commitWhole(round: Round): Promise<readonly WrittenPart[]> {
    const { writer, journal } = this.#parts;
    const parts: WrittenPart[] = [];
    try {
      for (const batch of round.batches) parts.push(await this.#prepareBatch(batch));
      for (const chunk of round.chunks) parts.push(await this.#prepareChunk(chunk));
      const files = parts.map(({ prepared }) => prepared.file);
      if (files.length > 0) await writer.commit(files.map(({ table }) => table));
      await journal.append(files, round.positions);
    } catch (error) {
      for (const { prepared } of parts) await prepared.discard();
      throw error;
    }
    for (const chunk of round.chunks) chunk.done();
    round.batches = [];
    round.chunks = [];
    return parts;
  }

  async #prepareBatch(batch: Batch): Promise<WrittenPart> {
    const { writer, recent, announce, catalogue } = this.#parts;
    const prepared = await writer.prepare('samples', batch.rows, this.#encoder.encode(batch, catalogue));
    const { file } = prepared;
    return {
      prepared,
      announce: () => {
        recent.keep(file.id, batch);
        announce({ ...file, oldest: oldestOf(batch) }, rowsOf(batch));
      },
    };
  }

  async #prepareChunk(chunk: Chunk): Promise<WrittenPart> {
    const { writer, announce } = this.#parts;
    const counts = chunk.isCounted ? chunk.counts : [];
    const { spans } = chunk;
    const prepared = await writer.prepare(chunk.table, chunk.rows, chunk.encode());
    const told = spans === undefined ? {} : { spans };
    return { prepared, announce: () => announce({ ...prepared.file, ...told }, counts) };
  }

  /** Names before numbers: a sample in the store never lacks its row in the catalogue. */
  async #writeSeries(batches: readonly SeriesTimes[]): Promise<void> {
    const { catalogue, writer, rules, announce } = this.#parts;
    const due = takeDueSeries(batches, catalogue);
    if (due.ordinals.length === 0) return;
    const files: SpoolFile[] = [];
    try {
      for (const some of slices(due, SERIES_PER_FILE)) {
        const block = seriesBlock(some, catalogue, (ordinal) => rules.describe(ordinal));
        files.push(await writer.write('series', some.ordinals.length, block));
      }
    } catch (error) {
      putBackDueSeries(due, catalogue);
      throw error;
    } finally {
      await writer.commit(['series']);
      for (const file of files) announce(file, []);
    }
  }
}

/** Rows of each input in a batch. */
export function rowsOf(batch: Batch): InputRows {
  return [...batch.inputRows.entries()].filter(([, rows]) => rows > 0);
}

function oldestOf({ rows, t }: Batch): number {
  let oldest = Number.POSITIVE_INFINITY;
  for (let row = 0; row < rows; row++) if ((t[row] as number) < oldest) oldest = t[row] as number;
  return oldest;
}
