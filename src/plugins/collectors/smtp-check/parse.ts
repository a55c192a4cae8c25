import type { CollectedValue } from '#core/plugin/collector.ts';

/** What a server says that it can, from the lines of its reply to EHLO (RFC 5321 §4.1.1.1): keyword → parameters. */
export function parseExtensions(lines: readonly string[]): ReadonlyMap<string, readonly string[]> {
  return new Map(
    lines.slice(1).map((line) => {
      // Some servers write `AUTH=PLAIN` for old clients.
      const [keyword = '', ...parameters] = line.trim().split(/[ =]+/);
      return [keyword.toUpperCase(), parameters] as const;
    }),
  );
}

/** Series of what a server can. */
export function extensionValues(extensions: ReadonlyMap<string, readonly string[]>): CollectedValue[] {
  const size = Number(extensions.get('SIZE')?.[0] ?? Number.NaN);
  return [
    { metric: 'smtpcheck_starttls_offered', value: Number(extensions.has('STARTTLS')) },
    // 0 is no limit (RFC 1870 §4).
    ...(size > 0 ? [{ metric: 'smtpcheck_size_limit_bytes', value: size }] : []),
  ];
}

/** For the golden cases: a reply without its codes. */
export const parsers = { ehlo: (text: string) => extensionValues(parseExtensions(text.trimEnd().split(/\r?\n/))) };
