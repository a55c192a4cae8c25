import type { TextHeader, TextRangeHeader } from '#core/api/text-query.ts';
import type { Frame } from '#core/frame.ts';
import type { AnswerLine } from './answer-lines.ts';

/** The answer to one query; `shiftMs` > 0 = of so much earlier, to be drawn at the time of now. */
export type QueryAnswer = {
  readonly query: number;
  readonly shiftMs: number;
  /** How the earlier time is called: `1d`. */
  readonly shiftName: string;
  readonly frame: Frame<TextHeader>;
};

export type AnswerShape = {
  readonly from: number;
  readonly to: number;
  readonly limit: number;
  readonly unit: string;
  /** Rows without a time are series of one value. */
  readonly tablesAsLines?: boolean | undefined;
  /** How often the answer is asked for anew, ms; absent = it stays. */
  readonly pollMs?: number;
};

/** An answer of series; its lines are those that are drawn. */
export type AnswerPart = Omit<QueryAnswer, 'frame'> & {
  readonly header: TextRangeHeader;
  readonly lines: readonly AnswerLine[];
};
