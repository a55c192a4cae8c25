/** `A` for the first query. */
export function queryLetter(query: number): string {
  return String.fromCharCode(65 + query);
}
