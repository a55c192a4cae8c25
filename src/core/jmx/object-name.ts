/** Keys of the name of an MBean, `java.lang:type=MemoryPool,name="G1 Old Gen"`; quotes are no part of a value. */
export function keysOfName(name: string): ReadonlyMap<string, string> {
  return new Map(partsOf(name).map(([key, value]) => [key, unquoted(value)]));
}

/** The name with its keys in order, so that two spellings of one name or pattern are equal. */
export function canonicalName(name: string): string {
  const domain = name.slice(0, name.indexOf(':'));
  const parts = partsOf(name).map(([key, value]) => `${key}=${value}`);
  const open = /[:,]\*$/.test(name) ? ['*'] : [];
  return `${domain}:${[...parts.sort(), ...open].join(',')}`;
}

/** True for a name that stands for any number of MBeans. */
export const isPattern = (name: string): boolean => /[*?]/.test(name);

function partsOf(name: string): [key: string, value: string][] {
  const keys = name.slice(name.indexOf(':') + 1);
  const pairs = keys.matchAll(/([^=,]+)=("(?:[^"\\]|\\.)*"|[^,]*)/g);
  return [...pairs].map(([, key = '', value = '']) => [key, value]);
}

function unquoted(value: string): string {
  return value.startsWith('"')
    ? value.slice(1, -1).replaceAll(/\\(.)/g, (_, one: string) => (one === 'n' ? '\n' : one))
    : value;
}
