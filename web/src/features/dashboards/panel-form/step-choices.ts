import type { Reducer, Transformation } from '#core/api/panel-display.ts';
import type { StepResult } from '#core/panel-data/explain-steps.ts';

/** Props of the fields of one kind of step. */
export type StepPart<Kind extends Transformation['kind']> = {
  readonly step: Extract<Transformation, { kind: Kind }>;
  /** What is there before it. */
  readonly before: StepResult;
  readonly onChange: (step: Transformation) => void;
};

/** Figures, as they are called. */
export const FIGURES: readonly { readonly value: Reducer; readonly label: string }[] = [
  { value: 'last', label: 'Newest' },
  { value: 'first', label: 'Oldest' },
  { value: 'avg', label: 'Average' },
  { value: 'min', label: 'Least' },
  { value: 'max', label: 'Greatest' },
  { value: 'sum', label: 'Sum' },
  { value: 'count', label: 'Count' },
];

/** What becomes of something: `yes` = it is left out. */
export const KEEP = [
  { value: 'no', label: 'Keep' },
  { value: 'yes', label: 'Leave out' },
];

const OFFERED = 60;

/** Names as choices of a list. */
export function choicesOf(names: readonly string[]): { value: string; label: string }[] {
  return [...new Set(names)].slice(0, OFFERED).map((value) => ({ value, label: value }));
}
