/** A value of a row as the server writes it: text, so that no digit of a number is lost; null is NULL. */
export type SqlCell = string | null;

/** The answer to a statement. */
export type SqlRows = {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly SqlCell[])[];
  /** There were more rows than were wanted. */
  readonly isCut: boolean;
};

/** A value in the place of a placeholder: `?` in MySQL and SQLite, `$1` in PostgreSQL. */
export type SqlParameter = string | number | boolean | null;
