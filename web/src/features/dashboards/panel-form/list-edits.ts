/** A list with one item in another's place. */
export function replacedAt<Item>(list: readonly Item[], at: number, item: Item): Item[] {
  return list.map((each, index) => (index === at ? item : each));
}

/** A list without one item. */
export function removedAt<Item>(list: readonly Item[], at: number): Item[] {
  return list.filter((_, index) => index !== at);
}

/** A list with one item at another place; the same order where there is no such place. */
export function movedTo<Item>(list: readonly Item[], from: number, to: number): Item[] {
  const rest = removedAt(list, from);
  const [item] = list.slice(from, from + 1);
  if (item === undefined || to < 0 || to >= list.length) return [...list];
  return [...rest.slice(0, to), item, ...rest.slice(to)];
}

type Filled<Fields> = { [Key in keyof Fields]?: Exclude<Fields[Key], undefined> };

/** An object without what is not set: undefined, an empty text, an empty list. */
export function filledOf<Fields extends object>(fields: Fields): Filled<Fields> {
  const set = Object.entries(fields).filter(([, value]) => {
    return value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0);
  });
  return Object.fromEntries(set) as Filled<Fields>;
}
