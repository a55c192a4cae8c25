/** A year from which on a number is taken for ms since the epoch, not for seconds. */
const MS_FROM = 1e11;
const DATE_TIME = /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)\s*(Z|[+-]\d{2}(?::?\d{2})?)?)?$/;

/** The number a value is, true and false among them; undefined for what is none. */
export function numberOfCell(text: string): number | undefined {
  if (text === 't' || text === 'true') return 1;
  if (text === 'f' || text === 'false') return 0;
  const value = text.trim() === '' ? Number.NaN : Number(text);
  return Number.isFinite(value) ? value : undefined;
}

/**
 * The time a value is, in ms since the epoch: a date, a date with a time (UTC without a zone), seconds or ms since the
 * epoch; undefined for what is none.
 */
export function timeOfCell(text: string): number | undefined {
  const [, date, time = '00:00', zone = 'Z'] = DATE_TIME.exec(text.trim()) ?? [];
  if (date !== undefined) {
    const offset = /^[+-]\d{2}$/.test(zone) ? `${zone}:00` : zone.replace(/^([+-]\d{2})(\d{2})$/, '$1:$2');
    const ms = Date.parse(`${date}T${time.replace(/(\.\d{3})\d+$/, '$1')}${offset}`);
    return Number.isNaN(ms) ? undefined : ms;
  }
  const number = numberOfCell(text);
  if (number === undefined || number <= 1) return undefined;
  return number >= MS_FROM ? number : number * 1_000;
}
