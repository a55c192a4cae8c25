import type { Transformation } from '#core/api/panel-display.ts';
import type { ColumnNames, TableShape } from './column-names.ts';
import type { JsonReader } from './json-reader.ts';
import type { NoteTaker } from './report.ts';

/** What a transformation is converted with. */
export type StepContext = {
  /** Of what is there before it; undefined while there are series. */
  readonly shape: TableShape | undefined;
  readonly column: ColumnNames;
  readonly panelType: string;
  readonly what: string;
  readonly notes: NoteTaker;
};

/** What becomes of a transformation: steps, the shape after them, queries that are asked no longer; or why nothing does. */
export type Converted =
  | {
      readonly steps: readonly Transformation[];
      readonly shape?: TableShape;
      readonly hidden?: (refId: string) => boolean;
      /** How it is not quite the same. */
      readonly but?: string;
    }
  | { readonly reason: string };

/** Converts one kind of transformation from its options. */
export type StepConverter = (options: JsonReader, context: StepContext) => Converted;
