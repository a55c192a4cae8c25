/** Gives the secrets that configurations refer to. */
export type SecretSource = {
  /** The secret of `env:NAME`, `file:PATH` or `stored:NAME`. Throws a sentence without secrets when there is none. */
  readonly resolve: (reference: string) => Promise<string>;
};
