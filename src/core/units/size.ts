import { z } from 'zod';

const UNIT_BYTES: Readonly<Record<string, number>> = { b: 1, kib: 2 ** 10, mib: 2 ** 20, gib: 2 ** 30, tib: 2 ** 40 };

/** Bytes of a text like `64MiB`, `1.5GiB`, `4096`; undefined when it is none. */
export function parseSize(text: string): number | undefined {
  const [, count, unit = 'b'] = /^(\d+(?:\.\d+)?)\s*([kmgt]ib|b)?$/i.exec(text.trim()) ?? [];
  if (count === undefined) return undefined;
  return Math.round(Number(count) * (UNIT_BYTES[unit.toLowerCase()] ?? 1));
}

/** A config value that is a size text; parsed to bytes. */
export const Size = z.string().transform((text, context) => {
  const bytes = parseSize(text);
  if (bytes !== undefined) return bytes;
  context.addIssue(`"${text}" is not a size: write bytes or a number with KiB, MiB, GiB or TiB`);
  return z.NEVER;
});
