/** A named secret, without its value: nothing gives that back. `GET /api/secrets`. */
export type NamedSecret = {
  readonly name: string;
  readonly updatedAt: number;
  readonly updatedBy: string;
  /** What refers to it by `stored:NAME`: `Redis cache-1:6379`, `input amqp`. */
  readonly usedBy: readonly string[];
};

/** `POST /api/secrets/rotate`: how many secrets are encrypted with the new key. */
export type RotatedSecrets = { readonly count: number };
