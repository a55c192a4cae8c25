/** A line of a text that is no rule. */
export type ConfFault = { readonly line: number; readonly problem: string };

/** The lines of one of carbon's files with their numbers from 1, without empty ones and comments. */
export function confLines(text: string): { readonly line: number; readonly content: string }[] {
  return text
    .split('\n')
    .map((raw, i) => ({ line: i + 1, content: raw.trim() }))
    .filter(({ content }) => content !== '' && !content.startsWith('#'));
}
