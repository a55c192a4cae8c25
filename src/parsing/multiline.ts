import { TimestampReader } from '#core/timestamps/timestamp-reader.ts';
import { createZone } from '#core/timestamps/zone.ts';
import { compileRe2 } from './re2-pattern.ts';

/** How lines become events. */
export type MultilineOptions = {
  /** What begins an event: a RE2 pattern, or `timestamp` / `java` (a line that begins with a time / that is no part of a stack trace). */
  readonly start?: string;
  /** What goes on with one: a RE2 pattern; of `start` and `continuation` one is needed. */
  readonly continuation?: string;
  readonly maxLines?: number;
  /** Characters an event may have; what is more begins a new one. */
  readonly maxBytes?: number;
  /** How long an event waits for more lines, ms. */
  readonly timeout?: number;
};

/** Joins lines into events; a state machine without a clock of its own. */
export type Multiline = {
  /** The events that are complete now that `line` has come at `now` (ms). */
  readonly feed: (line: string, now: number) => string[];
  /** The event that has waited long enough; with no `now`, whatever is held (the stream has ended). */
  readonly flush: (now?: number) => string[];
};

const JAVA_CONTINUATION =
  /^(?:\s|Caused by:|Suppressed:|\.\.\. \d+ (?:more|common)|[\w$.]+(?:Exception|Error|Throwable)\b)/;

/** Makes a joiner. Throws Error for a pattern that is no RE2. */
export function createMultiline(options: MultilineOptions): Multiline {
  const goesOn = continuationTest(options);
  const { maxLines = 500, maxBytes = 1_048_576, timeout = 1_000 } = options;
  let lines: string[] = [];
  let size = 0;
  let last = 0;
  const take = (): string[] => {
    if (lines.length === 0) return [];
    const event = lines.join('\n');
    lines = [];
    size = 0;
    return [event];
  };
  return {
    feed: (line, now) => {
      const waited = lines.length > 0 && now - last >= timeout;
      const isFull = lines.length >= maxLines || size + line.length > maxBytes;
      const done = lines.length > 0 && (waited || isFull || !goesOn(line)) ? take() : [];
      lines.push(line);
      size += line.length + 1;
      last = now;
      return done;
    },
    flush: (now) => (now === undefined || now - last >= timeout ? take() : []),
  };
}

/** Whether a line goes on with the event before it. Throws Error for a pattern that is no RE2. */
export function continuationTest({
  start,
  continuation,
}: Pick<MultilineOptions, 'start' | 'continuation'>): (line: string) => boolean {
  if (continuation !== undefined) {
    const pattern = compileRe2(continuation);
    return (line) => pattern.matcher(line).find();
  }
  if (start === 'java') return (line) => line === '' || JAVA_CONTINUATION.test(line.slice(0, 300));
  if (start === undefined || start === 'timestamp') {
    const times = new TimestampReader(createZone('UTC'));
    return (line) => {
      const at = line.startsWith('[') || line.startsWith('<') ? 1 : 0;
      return Number.isNaN(times.read(line, at, 0));
    };
  }
  const pattern = compileRe2(start);
  return (line) => !pattern.matcher(line).find();
}
