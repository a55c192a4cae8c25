import { AppError } from '#core/errors.ts';

const OWN = 'stored:';

/** The name under which a secret option of a stored target is kept. */
export const secretName = (id: string, option: string): string => `target/${id}/${option}`;

/** Options of a request with references to the target's own secrets, and what is to be done to these. */
export type ResolvedSecrets = {
  readonly options: Readonly<Record<string, unknown>>;
  /** New values by name. */
  readonly written: ReadonlyMap<string, string>;
  /** Names that nothing refers to any more. */
  readonly removed: readonly string[];
  /** Some stay as they were. */
  readonly keepsSome: boolean;
};

export type SecretChange = {
  readonly id: string;
  readonly options: Readonly<Record<string, unknown>>;
  /** New values by option; null: it goes. */
  readonly given: Readonly<Record<string, string | null>>;
  /** Names of the plugin's secret options. */
  readonly secretOptions: readonly string[];
  /** Options of the target as it is; empty for a new one. */
  readonly previous: Readonly<Record<string, unknown>>;
};

/** Throws `bad_request` for references in the options, and for secrets that the plugin has no option for. */
export function resolveSecrets({ id, options, given, secretOptions, previous }: SecretChange): ResolvedSecrets {
  for (const option of Object.keys(given)) {
    if (!secretOptions.includes(option)) throw new AppError('bad_request', `${option} is no secret of this collector`);
  }
  const resolved: Record<string, unknown> = { ...options };
  const written = new Map<string, string>();
  const removed: string[] = [];
  let keepsSome = false;
  for (const option of secretOptions) {
    if (option in options) {
      throw new AppError(
        'bad_request',
        `${option} is a secret: write its value in secrets, references only in nocmate.yaml`,
      );
    }
    const name = secretName(id, option);
    const value = given[option];
    const isSet = previous[option] !== undefined;
    if (typeof value === 'string') written.set(name, value);
    else if (isSet && value === null) removed.push(name);
    else if (isSet) keepsSome = true;
    if (typeof value === 'string' || (isSet && value !== null)) resolved[option] = OWN + name;
  }
  return { options: resolved, written, removed, keepsSome };
}
