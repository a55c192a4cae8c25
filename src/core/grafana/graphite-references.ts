const REFERENCE = /#([A-Z]{1,2})\b/g;
const MAX_PUT_IN = 20_000;

/**
 * Puts the texts of other queries in the place of `#A`, as Grafana's Graphite data source does. References in a circle,
 * and those beyond a length that no query has, stay.
 */
export function resolveReferences(text: string, queries: ReadonlyMap<string, string>): string {
  let putIn = 0;
  return resolve(text, []);

  function resolve(part: string, within: readonly string[]): string {
    return part.replace(REFERENCE, (whole, name: string) => {
      const other = queries.get(name);
      if (other === undefined || within.includes(name) || putIn > MAX_PUT_IN) return whole;
      putIn += other.length;
      return resolve(other, [...within, name]);
    });
  }
}
