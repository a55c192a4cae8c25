export { type EvaluationTimes, resolveDurations } from './durations.ts';
export { createParser, type ParseOptions, type Parser } from './parser.ts';
export type { Signature, Signatures } from './source.ts';
