/** A pattern of a panel: `/…/i`, or bare; undefined when it is no regular expression. */
export function namePattern(text: string): RegExp | undefined {
  const [, body, flags] = /^\/(.+)\/([imsu]*)$/s.exec(text) ?? [];
  try {
    return new RegExp(body ?? text, flags ?? '');
  } catch {
    return undefined;
  }
}
