import type { Transformation } from '#core/api/panel-display.ts';
import type { StepResult } from '#core/panel-data/explain-steps.ts';

export type StepKind = Transformation['kind'];

type Described = { readonly kind: StepKind; readonly label: string; readonly help: string };

/** Steps that every panel can take. */
const OF_SERIES: readonly Described[] = [
  { kind: 'filter', label: 'Filter by name', help: 'Keeps, or leaves out, what has a fitting name.' },
  { kind: 'rename', label: 'Rename by pattern', help: '$1 in the new name is the first group.' },
  { kind: 'calculate', label: 'Calculate', help: 'One more of two others, or of one and a number.' },
  { kind: 'combine', label: 'Total of several', help: 'One more: the sum, average, … of others.' },
  { kind: 'sort', label: 'Sort', help: 'By the newest value, or by a label or column.' },
  { kind: 'limit', label: 'Limit', help: 'Keeps the first ones.' },
];

/** Steps that make rows, or act on them. */
const OF_ROWS: readonly Described[] = [
  { kind: 'merge', label: 'Rows by labels', help: 'A row for each set of labels, a column for each query.' },
  { kind: 'join-by-label', label: 'Rows by one label', help: 'A row for each of its values, a column a query.' },
  { kind: 'join-by-time', label: 'Rows by time', help: 'A row for each time, a column a series; newest first.' },
  { kind: 'rows', label: 'Every value a row', help: 'Time, series, value; newest first.' },
  { kind: 'reduce', label: 'Figures of each series', help: 'A row for each series.' },
  { kind: 'organise', label: 'Arrange columns', help: 'Their order, their names, which are left out.' },
  { kind: 'group', label: 'Group rows', help: 'A row for each combination of values.' },
  { kind: 'where', label: 'Keep rows where', help: 'Rows whose cell holds against a value.' },
];

/** The steps that a panel can take. */
export function stepKinds(showsRows: boolean): readonly Described[] {
  return showsRows ? [...OF_SERIES, ...OF_ROWS] : OF_SERIES;
}

/** What a kind is called. */
export function describeStep(kind: StepKind): Described {
  return [...OF_SERIES, ...OF_ROWS].find((each) => each.kind === kind) ?? { kind, label: kind, help: '' };
}

/** A step to start from, that does something with what is there before it. */
export function newStep(kind: StepKind, { names, labels }: StepResult): Transformation {
  const [first = '', second] = names;
  switch (kind) {
    case 'filter':
      return { kind, pattern: '.*', exclude: false };
    case 'rename':
      return { kind, pattern: '(.*)', to: '$1' };
    case 'calculate':
      return {
        kind,
        left: first,
        operator: second === undefined ? '*' : '+',
        right: second ?? '1',
        name: '',
        only: false,
      };
    case 'combine':
      return { kind, of: [], figure: 'sum', name: 'Total', only: false };
    case 'sort':
      return { kind, by: '', descending: true };
    case 'limit':
      return { kind, count: 10 };
    case 'join-by-label':
      return { kind, label: labels.find((label) => label !== '__name__') ?? '' };
    case 'merge':
    case 'rows':
    case 'join-by-time':
      return { kind };
    case 'reduce':
      return { kind, figures: ['last', 'max'] };
    case 'organise':
      return { kind, order: [], names: {}, hidden: [] };
    case 'group':
      return { kind, by: [first], figure: 'sum' };
    case 'where':
      return { kind, field: first, is: 'filled', value: '' };
  }
}
