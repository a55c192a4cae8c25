import { z } from 'zod';
import { LANGUAGES } from './languages.ts';
import type { RangeHeader } from './query.ts';

/** The query languages of the product. */
export const Language = z.enum(LANGUAGES);
export type Language = z.infer<typeof Language>;

const MAX_TEXT = 64 * 1024;

/** `POST /api/query/text`. Times in ms since the epoch. The answer is a frame with a {@link TextHeader}. */
export const TextQueryRequest = z.strictObject({
  language: Language,
  text: z.string().max(MAX_TEXT),
  from: z.number(),
  to: z.number(),
  /** Points wanted per series; the server picks the step. */
  maxPoints: z.number().int().min(1).max(11_000).default(600),
  /** Series at most; `truncated` says that there are more. */
  limit: z.number().int().min(1).max(5_000).default(500),
  /** IANA name, for functions of Graphite that know days. */
  timeZone: z.string().max(64).default('UTC'),
});
export type TextQueryRequest = z.infer<typeof TextQueryRequest>;

/** Something to say about an answer: `warn` where it is incomplete or wrong. */
export type QueryAnnotation = { readonly level: 'info' | 'warn'; readonly message: string };

/** How an answer was made; `selectMs` and `evaluateMs` are parts of `ms` where the language tells them apart. */
export type TextStats = RangeHeader['stats'] & { readonly selectMs?: number; readonly evaluateMs?: number };

/** A {@link RangeHeader} of any language: columns as there. */
export type TextRangeHeader = Omit<RangeHeader, 'stats'> & {
  readonly stats: TextStats;
  readonly annotations?: readonly QueryAnnotation[];
};

/** Rows of SQL and of log queries that have no time: the frame has no columns of its own. 64-bit integers are texts, NaN is null. */
export type TableHeader = {
  readonly type: 'table';
  readonly fields: readonly { readonly name: string; readonly type: string }[];
  readonly rows: readonly (readonly unknown[])[];
  readonly truncated: boolean;
  readonly stats: TextStats;
  readonly annotations?: readonly QueryAnnotation[];
};

export type TextHeader = TextRangeHeader | TableHeader;

/** `POST /api/query/check`: whether a text can be read; nothing is run. */
export const QueryCheckRequest = z.strictObject({ language: Language, text: z.string().max(MAX_TEXT) });
export type QueryCheckRequest = z.infer<typeof QueryCheckRequest>;

/** What is wrong with a text, and where (UTF-16 offsets; `end` is exclusive). */
export type QueryProblemAnswer = { readonly message: string; readonly position?: number; readonly end?: number };

/** Answer of `POST /api/query/check`. */
export type QueryCheckAnswer = { readonly problem?: QueryProblemAnswer };

/** `GET /api/query/functions?language=`. */
export const FunctionListRequest = z.object({ language: z.enum(['promql', 'graphite', 'sql']) });

/** A function for completion and signature help: `rate(v range-vector)`. */
export type FunctionHelp = {
  readonly name: string;
  readonly signature: string;
  readonly help: string;
  readonly group?: string;
};

/** `GET /api/query/tables`: what SQL may read. */
export type SqlTableHelp = {
  readonly name: string;
  readonly help: string;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
};

/** `POST /api/query/values`: what a variable of a dashboard offers, by a query of the language. */
export const VariableQueryRequest = z.strictObject({
  language: Language,
  text: z.string().max(MAX_TEXT),
  from: z.number(),
  to: z.number(),
  limit: z.number().int().min(1).max(10_000).default(1_000),
});
export type VariableQueryRequest = z.infer<typeof VariableQueryRequest>;
