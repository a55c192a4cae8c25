export { type EvaluatedValue, type EvaluationResult, evaluate } from './evaluate.ts';
export type { EvaluateOptions, EvaluationStats } from './evaluation.ts';
