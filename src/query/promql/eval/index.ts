export { type EvaluatedValue, type EvaluationResult, evaluate } from './evaluate.ts';
export type { EvaluateOptions, EvaluationLimits, EvaluationStats } from './evaluation.ts';
