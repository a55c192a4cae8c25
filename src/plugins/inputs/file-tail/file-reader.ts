import type { LogFields } from '#core/model/log-record.ts';
import type { InputContext, Pull } from '#core/plugin/input.ts';
import type { FileGroup } from './config.ts';
import { type Cut, type CutRules, cutEvents, WINDOW_BYTES } from './cut-events.ts';
import type { FollowedFile } from './followed-file.ts';
import { unpacked } from './unpacked.ts';

/**
 * What was found when a file was looked at: `more` of it can be read now, it holds `nothing` new, or another content, or it
 * lies elsewhere.
 */
export type Progress = 'more' | 'nothing' | 'replaced' | 'moved';

export type FileReaderParts = {
  readonly pull: Pull;
  readonly continues: InputContext['continues'];
  readonly host: string;
  /** Wall clock and monotonic, ms. */
  readonly now: () => number;
  readonly monotonic: () => number;
};

/** What a group says of its lines. */
type Lines = {
  readonly goesOn: CutRules['goesOn'];
  readonly eventMs: number;
  readonly lineMs: number;
  readonly fields: LogFields;
};

const CHUNK_BYTES = 2 ** 18;

/** Reads files in chunks and writes their events, each chunk with the place behind it. */
export class FileReader {
  readonly #parts: FileReaderParts;
  readonly #lines: ReadonlyMap<FileGroup, Lines>;
  readonly #window = Buffer.allocUnsafe(WINDOW_BYTES);

  constructor(parts: FileReaderParts, groups: readonly FileGroup[]) {
    this.#parts = parts;
    this.#lines = new Map(groups.map((group) => [group, linesOf(group, parts.continues)]));
  }

  /** Reads one chunk. Not to be called again before it has resolved. */
  async advance(file: FollowedFile): Promise<Progress> {
    const handle = await file.open();
    if (handle === undefined) return 'moved';
    const { size, mtimeMs } = await handle.stat();
    this.#look(file, { size, changed: mtimeMs });
    if (size < file.place.offset) return 'replaced';
    let length = await readMore(this.#window, handle, { file, from: 0, to: CHUNK_BYTES });
    let bytes = this.#window.subarray(0, length);
    let cut = this.#cut(file, bytes);
    while (cut.consumed === 0 && length >= CHUNK_BYTES && length < WINDOW_BYTES) {
      const to = Math.min(WINDOW_BYTES, 4 * length);
      const longer = await readMore(this.#window, handle, { file, from: length, to });
      if (longer === length) break;
      length = longer;
      bytes = this.#window.subarray(0, length);
      cut = this.#cut(file, bytes);
    }
    if (!(await file.isSame(handle))) return 'replaced';
    if (cut.consumed > 0) this.#take(file, bytes, cut);
    this.#await(file, cut, length - cut.consumed);
    return cut.consumed > 0 && length >= CHUNK_BYTES ? 'more' : 'nothing';
  }

  /** Reads what is left of a packed file. Throws for one that is not whole. */
  async unpack(file: FollowedFile): Promise<void> {
    const { pull } = this.#parts;
    const window = Buffer.allocUnsafe(WINDOW_BYTES + CHUNK_BYTES);
    let length = 0;
    let ahead = file.place.offset;
    file.head = Buffer.alloc(0);
    for await (const chunk of unpacked(file.place.path)) {
      if (file.head.length < 1_024) file.head = Buffer.concat([file.head, chunk]).subarray(0, 1_024);
      const wanted = chunk.subarray(Math.min(ahead, chunk.length));
      ahead -= chunk.length - wanted.length;
      wanted.copy(window, length);
      length += wanted.length;
      if (length < CHUNK_BYTES) continue;
      await pull.untilOpen();
      if (pull.signal.aborted) return;
      length = this.#takeOf(file, window, { length, isLast: false });
    }
    this.#takeOf(file, window, { length, isLast: true });
  }

  /** Takes what is whole; returns how much is left, which is moved to the beginning. */
  #takeOf(file: FollowedFile, window: Buffer, { length, isLast }: { length: number; isLast: boolean }): number {
    const bytes = window.subarray(0, length);
    const { isSkipping } = file.place;
    const { goesOn } = this.#linesOf(file);
    const cut = cutEvents(bytes, { goesOn, isSkipping, isEventOver: isLast, isLineOver: isLast });
    if (isLast) file.place = { ...file.place, isDone: true };
    this.#take(file, bytes, cut);
    window.copyWithin(0, cut.consumed, length);
    return length - cut.consumed;
  }

  #look(file: FollowedFile, seen: FollowedFile['seen']): void {
    if (seen.size === file.seen.size && seen.changed === file.seen.changed) return;
    file.seen = seen;
    file.changedAt = this.#parts.monotonic();
  }

  #cut(file: FollowedFile, bytes: Buffer): Cut {
    const { goesOn, eventMs, lineMs } = this.#linesOf(file);
    const idleMs = this.#parts.monotonic() - file.changedAt;
    const { isSkipping } = file.place;
    // A chunk that does not reach the end of the file says nothing about its last line.
    const isAtEnd = file.place.offset + bytes.length >= file.seen.size;
    const isLineOver = isAtEnd && idleMs >= lineMs;
    return cutEvents(bytes, { goesOn, isSkipping, isEventOver: isAtEnd && idleMs >= eventMs, isLineOver });
  }

  #take(file: FollowedFile, bytes: Buffer, cut: Cut): void {
    const { group } = file;
    const { pull, host, now } = this.#parts;
    const { fields } = this.#linesOf(file);
    const { events } = cut;
    const raw = {
      ...{ host: group.host ?? host, source: file.source, attributes: fields },
      ...(group.service === undefined ? {} : { service: group.service }),
      ...(group.format === undefined ? {} : { format: group.format }),
    };
    const place = file.placeAfter(bytes, cut, now());
    pull.take((writer, move) => {
      for (let i = 0; i < events.length; i += 2) writer.log({ ...raw, body: bytes.subarray(events[i], events[i + 1]) });
      move(file.name, place);
    });
    file.place = place;
    file.records += events.length / 2;
  }

  /** When the rest is to be taken as it is. */
  #await(file: FollowedFile, { hasWholeLines }: Cut, rest: number): void {
    const { eventMs, lineMs } = this.#linesOf(file);
    file.dueAt = rest === 0 ? Number.POSITIVE_INFINITY : file.changedAt + (hasWholeLines ? eventMs : lineMs);
    const now = this.#parts.monotonic();
    // Whole lines whose time is over wait for the half line behind them.
    if (file.dueAt <= now) file.dueAt = Math.max(file.changedAt, now - lineMs + 1) + lineMs;
  }

  #linesOf({ group }: FollowedFile): Lines {
    const lines = this.#lines.get(group);
    if (lines === undefined) throw new Error('a file of no group');
    return lines;
  }
}

function linesOf({ multiline, lineTimeout, fields }: FileGroup, continues: InputContext['continues']): Lines {
  const isJoined = multiline !== 'off';
  return {
    goesOn: isJoined ? continues(multiline) : undefined,
    eventMs: isJoined ? multiline.timeout : 0,
    lineMs: lineTimeout,
    fields: Object.entries(fields).flat(),
  };
}

type Part = { readonly file: FollowedFile; readonly from: number; readonly to: number };

/** Fills the window `[from, to)` with what lies there behind the file's offset; returns how far it is filled. */
async function readMore(window: Buffer, handle: NonNullable<FollowedFile['handle']>, part: Part): Promise<number> {
  const { file, from, to } = part;
  let length = from;
  while (length < to) {
    const { bytesRead } = await handle.read(window, length, to - length, file.place.offset + length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return length;
}
