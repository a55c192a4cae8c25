/** What every page shares, in the URL: time and scope. Search values are plain texts, readable in a copied link. */
export type SharedSearch = {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly scope?: string | undefined;
};

/** All search parameters of a page; pages add their own keys. */
export type Search = SharedSearch & { readonly [key: string]: string | undefined };

/** `?a=b&c=d` → `{ a: 'b', c: 'd' }`; the last of equal keys counts. */
export function parseSearch(text: string): Search {
  return Object.fromEntries(new URLSearchParams(text));
}

/** The inverse of {@link parseSearch}; undefined and empty values are left out. Commas, colons and slashes stay legible. */
export function printSearch(search: Readonly<Record<string, unknown>>): string {
  const parts = Object.entries(search)
    .filter(([, value]) => value !== undefined && value !== null && value !== '')
    .map(([key, value]) => `${encodeURIComponent(key)}=${legible(String(value))}`);
  return parts.length === 0 ? '' : `?${parts.join('&')}`;
}

/** Signs that cannot end a value are left as they are. */
function legible(value: string): string {
  const text = encodeURIComponent(value.toWellFormed());
  return text.replace(/%(2C|3A|2F|3D|7B|7D|22|20)/g, (code) => (code === '%20' ? '+' : decodeURIComponent(code)));
}

/** Takes from a search what the shell needs; anything of another type is dropped. */
export function sharedSearch(search: Readonly<Record<string, unknown>>): SharedSearch {
  return { from: textOf(search['from']), to: textOf(search['to']), scope: textOf(search['scope']) };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' && value.length <= 2_000 ? value : undefined;
}
