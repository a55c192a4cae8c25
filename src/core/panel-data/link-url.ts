import type { Labels } from '#core/model/labels.ts';

/** What a link's placeholders stand for; times are ms since the epoch. */
export type LinkContext = {
  readonly from: number;
  readonly to: number;
  /** Of a link of a series. */
  readonly name?: string;
  readonly labels?: Labels;
  readonly value?: number | undefined;
  readonly time?: number | undefined;
};

const PLACEHOLDER = /\$\{([^}]+)\}|\$(__\w+)/g;

/**
 * The address of a link: placeholders (`${__field.labels.host}`, `${__field.name}`, `${__value}`, `${__value.time}`,
 * `${__from}`, `${__to}`, `${__url_time_range}`) are filled in, encoded unless written `${…:raw}`. Undefined for what is neither `http`, `https`
 * nor a path of this site: a dashboard of somebody else must not run a script.
 */
export function linkUrl(template: string, context: LinkContext): string | undefined {
  const filled = template.replace(PLACEHOLDER, (whole, braced?: string, bare?: string) => {
    const name = braced ?? bare ?? '';
    if (name === '__url_time_range') return `from=${context.from}&to=${context.to}`;
    const [, plain = name, format] = /^(.*?)(?::(\w+))?$/s.exec(name) ?? [];
    const value = placeholder(plain, context);
    if (value === undefined) return whole;
    return format === 'raw' ? value : encodeURIComponent(value);
  });
  return isSafeUrl(filled) ? filled : undefined;
}

function placeholder(name: string, { from, to, labels = {}, ...series }: LinkContext): string | undefined {
  const [, quoted, plain] = /^__(?:field|series)\.labels(?:\["([^"]+)"\]|\.(.+))$/.exec(name) ?? [];
  const label = quoted ?? plain;
  if (label !== undefined) return labels[label] ?? '';
  const known: Readonly<Record<string, number | string | undefined>> = {
    __from: from,
    __to: to,
    '__field.name': series.name,
    '__series.name': series.name,
    __value: series.value,
    '__value.raw': series.value,
    '__value.numeric': series.value,
    '__value.text': series.value,
    '__value.time': series.time,
  };
  if (!Object.hasOwn(known, name)) return undefined;
  return String(known[name] ?? '');
}

/** True for `http:`, `https:` and addresses without a scheme, of this site. */
export function isSafeUrl(url: string): boolean {
  // What browsers drop from an address must not hide its scheme.
  const bare = [...url].filter((character) => character > ' ' && character !== '\u007f').join('');
  if (/^https?:\/\//i.test(bare)) return true;
  return bare !== '' && !/^[a-z][a-z\d+.-]*:/i.test(bare) && !/^[\\/]{2}/.test(bare);
}
