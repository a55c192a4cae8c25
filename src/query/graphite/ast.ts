/** A literal argument. `isFloat` tells `5.0` from `5`: names show numbers as they were written. */
export type Literal =
  | { readonly kind: 'number'; readonly value: number; readonly isFloat: boolean }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'none' };

/** A call; piped targets are already turned into the first argument. `raw` is the text of the call itself. */
export type Call = {
  readonly kind: 'call';
  readonly name: string;
  readonly args: readonly Node[];
  readonly kwargs: ReadonlyMap<string, Node>;
  readonly raw: string;
  readonly position: number;
};

/** `template(body, name=value, …)`: `$name` and `$1` in the body's paths are replaced. */
export type Template = {
  readonly kind: 'template';
  readonly body: Node;
  readonly variables: ReadonlyMap<string, string | number>;
};

/** A path with wildcards. */
export type Path = { readonly kind: 'path'; readonly text: string };

/** A parsed target or argument. */
export type Node = Literal | Call | Template | Path;
