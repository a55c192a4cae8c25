import { z } from 'zod';

/** A colour that holds in both themes: one of the series' palette, of a status, or the user's own. */
export const Colour = z.string().regex(/^(series-[1-8]|ok|warning|major|critical|#[0-9a-f]{6})$/);
export type Colour = z.infer<typeof Colour>;

/** From this value on, this status. */
export const Threshold = z.strictObject({
  value: z.number(),
  status: z.enum(['ok', 'warning', 'major', 'critical']),
});
export type Threshold = z.infer<typeof Threshold>;

const Shown = { text: z.string().max(200).default(''), colour: Colour.optional() };

/** What is shown in place of a value; an empty text keeps the number and only colours it. The first that fits counts. */
export const ValueMapping = z.discriminatedUnion('kind', [
  /** The value as a text: `1`. */
  z.strictObject({ kind: z.literal('value'), value: z.string().max(200), ...Shown }),
  /** Both ends belong to it; an absent end is open. */
  z.strictObject({ kind: z.literal('range'), from: z.number().optional(), to: z.number().optional(), ...Shown }),
  /** `$1` in the text is the first group. */
  z.strictObject({ kind: z.literal('regex'), pattern: z.string().min(1).max(200), ...Shown }),
  z.strictObject({ kind: z.literal('special'), match: z.enum(['empty', 'infinite']), ...Shown }),
]);
export type ValueMapping = z.infer<typeof ValueMapping>;

/** How a series looks that is not drawn as the panel's others. */
export const SeriesLook = z.strictObject({
  /** Its name; may hold `{{label}}`. */
  name: z.string().max(200).optional(),
  colour: Colour.optional(),
  axis: z.enum(['left', 'right']).optional(),
  unit: z.string().max(40).optional(),
  decimals: z.number().int().min(0).max(10).optional(),
  style: z.enum(['line', 'area', 'bars', 'points']).optional(),
  /** Opacity of its area, 0..1. */
  fill: z.number().min(0).max(1).optional(),
  dashed: z.boolean().optional(),
  /** Drawn below zero: what goes out beside what comes in. Its figures stay as they are. */
  mirrored: z.boolean().optional(),
  /** False = beside the stack of the others. */
  stacked: z.boolean().optional(),
  /** Not drawn; of a table, no column. */
  hidden: z.boolean().optional(),
  /** False = drawn, but not named below the chart. */
  legend: z.boolean().optional(),
  /** In place of the panel's. */
  mappings: z.array(ValueMapping).max(100).optional(),
  thresholds: z.array(Threshold).max(20).optional(),
});
export type SeriesLook = z.infer<typeof SeriesLook>;

/** Series of this name, whose name fits a regular expression, or of a query (`A`), and how they look. */
export const SeriesOverride = z.strictObject({
  by: z.enum(['name', 'regex', 'query']),
  of: z.string().max(500),
  look: SeriesLook,
});
export type SeriesOverride = z.infer<typeof SeriesOverride>;

/** A link of a panel (in its header) or of its series (in their menu); `url` may hold `${__field.labels.x}` and the like. */
export const DataLink = z.strictObject({
  title: z.string().max(200).default(''),
  url: z.string().min(1).max(2_000),
  of: z.enum(['panel', 'series']).default('panel'),
  newTab: z.boolean().default(false),
});
export type DataLink = z.infer<typeof DataLink>;

/** What makes one number of many. */
export const Reducer = z.enum(['last', 'first', 'avg', 'min', 'max', 'sum', 'count']);
export type Reducer = z.infer<typeof Reducer>;

const Pattern = z.string().min(1).max(500);
const Field = z.string().max(500);

/** A step between what the queries answer and what is drawn. The steps of a panel follow one another. */
export const Transformation = z.discriminatedUnion('kind', [
  /** Series, or columns of a table, whose name fits. */
  z.strictObject({ kind: z.literal('filter'), pattern: Pattern, exclude: z.boolean().default(false) }),
  /** `$1` in the new name is the first group. */
  z.strictObject({ kind: z.literal('rename'), pattern: Pattern, to: z.string().max(500) }),
  /** Columns: their order, what they are called, which are left out. */
  z.strictObject({
    kind: z.literal('organise'),
    order: z.array(Field).max(100).default([]),
    names: z.record(Field, z.string().max(500)).default({}),
    hidden: z.array(Field).max(100).default([]),
  }),
  /** A row a series with these figures. */
  z.strictObject({ kind: z.literal('reduce'), figures: z.array(Reducer).min(1).max(7) }),
  /** A row a time with a column a series; newest first. */
  z.strictObject({ kind: z.literal('join-by-time') }),
  /** A row a value of the label, a column each other label and each query, with its newest value. */
  z.strictObject({ kind: z.literal('join-by-label'), label: Field }),
  /** A row for each set of labels with a column a query, and its newest value; queries are joined by the labels that they share. */
  z.strictObject({ kind: z.literal('merge') }),
  /** A row for each value of each series; newest first. */
  z.strictObject({ kind: z.literal('rows') }),
  /** A row for each combination of values of the columns; the other number columns by the figure. */
  z.strictObject({ kind: z.literal('group'), by: z.array(Field).min(1).max(20), figure: Reducer }),
  /** A new series or column of two others, or of one and a number. */
  z.strictObject({
    kind: z.literal('calculate'),
    left: Field,
    operator: z.enum(['+', '-', '*', '/']),
    right: Field,
    name: z.string().max(200).default(''),
    /** The others are left out. */
    only: z.boolean().default(false),
  }),
  /** A new series or column: a figure of others at each time or in each row, of all when none is named. */
  z.strictObject({
    kind: z.literal('combine'),
    of: z.array(Field).max(50).default([]),
    figure: Reducer,
    name: z.string().max(200).default(''),
    /** The others are left out. */
    only: z.boolean().default(false),
  }),
  /** Rows whose cell in the column holds against the value: as numbers where both are, else as texts. */
  z.strictObject({
    kind: z.literal('where'),
    field: Field,
    is: z.enum(['=', '!=', '>', '>=', '<', '<=', 'like', 'empty', 'filled']),
    value: z.string().max(500).default(''),
  }),
  /** Rows by a column; series by their newest value when `by` is empty, else by name. */
  z.strictObject({ kind: z.literal('sort'), by: Field.default(''), descending: z.boolean().default(false) }),
  z.strictObject({ kind: z.literal('limit'), count: z.number().int().min(1).max(10_000) }),
]);
export type Transformation = z.infer<typeof Transformation>;
