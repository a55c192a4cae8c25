const REFERENCE = /#([A-Z]{1,2})\b/g;
const MAX_LENGTH = 20_000;

/**
 * Puts the texts of other queries in the place of `#A`, as Grafana's Graphite data source does. A query that refers to
 * itself keeps the reference.
 */
export function resolveReferences(text: string, queries: ReadonlyMap<string, string>): string {
  return resolve(text, []);

  function resolve(part: string, within: readonly string[]): string {
    return part.replace(REFERENCE, (whole, name: string) => {
      const other = queries.get(name);
      if (other === undefined || within.includes(name) || part.length > MAX_LENGTH) return whole;
      return resolve(other, [...within, name]);
    });
  }
}
