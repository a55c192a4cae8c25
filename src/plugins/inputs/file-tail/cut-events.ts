import { MAX_LOG_BYTES } from '#core/model/log-record.ts';

/** How bytes of a file become events. */
export type CutRules = {
  /** Whether a line goes on with the event before it; undefined: every line is an event. */
  readonly goesOn: ((line: string) => boolean) | undefined;
  /** The bytes begin within a line whose rest is not wanted. */
  readonly isSkipping: boolean;
  /** Nothing came for so long that the last event has no more lines. */
  readonly isEventOver: boolean;
  /** The same for a line without its end. */
  readonly isLineOver: boolean;
};

/** `consumed` bytes are done with; what follows begins an event that is not whole. */
export type Cut = {
  /** Begin and end of each event in turn, without the end of its last line. */
  readonly events: readonly number[];
  readonly consumed: number;
  /** What follows is the rest of a line of which enough was taken. */
  readonly isSkipping: boolean;
  /** Whole lines wait for others of their event. */
  readonly hasWholeLines: boolean;
};

/** Bytes in which the end of an event is surely found: the longest one and the longest line after it. */
export const WINDOW_BYTES = 2 * MAX_LOG_BYTES + 2;

const MAX_LINES = 500;
/** What a rule sees of a line. */
const SEEN_BYTES = 1_000;
const NUL = 0;
const NEWLINE = 0x0a;
const RETURN = 0x0d;

/** Cuts what was read, from the beginning of an event on, into events. */
export function cutEvents(bytes: Buffer, rules: CutRules): Cut {
  const from = rules.isSkipping ? bytes.indexOf(NEWLINE) + 1 : 0;
  if (rules.isSkipping && from === 0) {
    return { events: [], consumed: bytes.length, isSkipping: true, hasWholeLines: false };
  }
  return new EventCutter(bytes, rules, from).cut();
}

class EventCutter {
  readonly #bytes: Buffer;
  readonly #rules: CutRules;
  readonly #events: number[] = [];
  /** The event that is being gathered, and its lines. */
  #start: number;
  #end: number;
  #lines = 0;

  constructor(bytes: Buffer, rules: CutRules, from: number) {
    this.#bytes = bytes;
    this.#rules = rules;
    this.#start = from;
    this.#end = from;
  }

  cut(): Cut {
    const bytes = this.#bytes;
    for (;;) {
      if (this.#lines === 0) this.#skipNuls();
      const newline = bytes.indexOf(NEWLINE, this.#end);
      if (newline < 0) break;
      this.#line(newline + 1);
    }
    const half = bytes.length - this.#end;
    if (half >= MAX_LOG_BYTES) return this.#cutLong();
    if (half > 0 && this.#rules.isLineOver) this.#line(bytes.length);
    if (this.#rules.isLineOver || (half === 0 && this.#rules.isEventOver)) this.#finish();
    return this.#result(this.#start, false);
  }

  /** A line, which begins where the last one ended. */
  #line(end: number): void {
    const { goesOn } = this.#rules;
    const begin = this.#end;
    const isFull = this.#lines >= MAX_LINES || end - this.#start > MAX_LOG_BYTES;
    if (this.#lines > 0 && (isFull || goesOn === undefined || !goesOn(this.#textOf(begin, end)))) this.#finish();
    if (this.#lines === 0) this.#skipNuls();
    this.#end = end;
    this.#lines += 1;
    if (goesOn === undefined) this.#finish();
  }

  /** The event is whole. */
  #finish(): void {
    const bytes = this.#bytes;
    let end = this.#end;
    while (end > this.#start && (bytes[end - 1] === NEWLINE || bytes[end - 1] === RETURN)) end -= 1;
    if (end > this.#start) this.#events.push(this.#start, end);
    this.#start = this.#end;
    this.#lines = 0;
  }

  /** As much of a line without end as a record may have; the rest is left out. */
  #cutLong(): Cut {
    this.#finish();
    this.#events.push(this.#start, this.#start + MAX_LOG_BYTES);
    return this.#result(this.#bytes.length, true);
  }

  #result(consumed: number, isSkipping: boolean): Cut {
    return { events: this.#events, consumed, isSkipping, hasWholeLines: this.#lines > 0 };
  }

  /** A writer that goes on at its old place after the file was emptied leaves a hole of zeros before its first line. */
  #skipNuls(): void {
    const bytes = this.#bytes;
    while (this.#end < bytes.length && bytes[this.#end] === NUL) this.#end += 1;
    this.#start = this.#end;
  }

  #textOf(begin: number, end: number): string {
    const last = end > begin && this.#bytes[end - 1] === NEWLINE ? end - 1 : end;
    const length = last > begin && this.#bytes[last - 1] === RETURN ? last - 1 : last;
    return this.#bytes.toString('utf8', begin, Math.min(length, begin + SEEN_BYTES));
  }
}
