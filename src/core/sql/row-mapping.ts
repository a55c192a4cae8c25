/** What the columns of an answer are. */
export type RowMapping = {
  /** Name of the query, with which its series begin. */
  readonly name: string;
  readonly valueColumns: readonly string[];
  readonly counterColumns: readonly string[];
  readonly labelColumns: readonly string[];
  readonly timeColumn?: string | undefined;
  /** How old the newest time may be, in ms. */
  readonly freshFor?: number | undefined;
  readonly maxRows: number;
};
