import type { TimestampReader } from '#core/timestamps/timestamp-reader.ts';
import type { LogDraft } from './log-draft.ts';

/** What formats read with. */
export type FormatTools = {
  readonly times: TimestampReader;
  /** Time of arrival, ms. */
  readonly now: number;
  /** Recognises a format within the text (the message of a syslog line); `depth` formats lie around it. */
  readonly inner: (text: string, draft: LogDraft, depth: number) => boolean;
  /** A format has read a text that was not given to `inner`. */
  readonly used: (format: LogFormat) => void;
};

/** A format of log lines that is recognised by itself. */
export type LogFormat = {
  readonly id: string;
  /**
   * Puts what `text` says into the draft; false when the text is not of this format: the caller then takes back what was put.
   * Linear in the length of the text.
   */
  readonly read: (text: string, draft: LogDraft, tools: FormatTools, depth: number) => boolean;
};
