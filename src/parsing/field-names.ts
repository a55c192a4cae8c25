/** A table from the names of a format to those of records. */
export type FieldNames = Readonly<Record<string, string>>;

/** The name that a table gives; undefined for one that is not in it (`constructor` and its like among them: senders choose names). */
export function nameIn(names: FieldNames, name: string): string | undefined {
  return Object.hasOwn(names, name) ? names[name] : undefined;
}
