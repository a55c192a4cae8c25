/** A number as it stands in test scripts: decimal, hexadecimal, `Inf`, `NaN`; throws for anything else. */
export function numberOf(text: string): number {
  const special = /^([+-]?)(inf|nan)$/i.exec(text);
  if (special !== null) {
    const value = special[2]?.toLowerCase() === 'inf' ? Number.POSITIVE_INFINITY : Number.NaN;
    return special[1] === '-' ? -value : value;
  }
  const value = /^-0x/i.test(text) ? -Number(text.slice(1)) : Number(text.replaceAll('_', ''));
  if (text.trim() === '' || Number.isNaN(value)) throw new Error(`not a number: ${text}`);
  return value;
}
