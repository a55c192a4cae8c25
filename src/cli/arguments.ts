import { parseArgs } from 'node:util';
import { AppError } from '#core/errors.ts';
import { nearestName } from '#core/nearest-name.ts';
import { OUTSIDE_SETTINGS } from '#server/config/settings.ts';

export type CommandLine = {
  /** `up`, `token`, … */
  readonly command: string;
  /** What follows the command: `create`. */
  readonly words: readonly string[];
  /** Text flags that were given, without dashes. */
  readonly flags: Readonly<Record<string, string>>;
  /** True flags that were given. */
  readonly switches: ReadonlySet<string>;
};

const TEXT_FLAGS = [
  ...OUTSIDE_SETTINGS.flatMap(({ flag }) => (flag === undefined ? [] : [flag])),
  ...['config', 'listen', 'name', 'scope', 'expires-in-days', 'format', 'url', 'token', 'from-line', 'precision'],
];
const SWITCHES = ['help', 'version', 'open', 'no-open'];

/** Reads the arguments after the program's name. Throws `bad_request` for an unknown flag, naming the nearest. */
export function parseCommandLine(args: readonly string[]): CommandLine {
  const text = Object.fromEntries(TEXT_FLAGS.map((name) => [name, { type: 'string' } as const]));
  const switches = Object.fromEntries(SWITCHES.map((name) => [name, { type: 'boolean' } as const]));
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { ...text, ...switches },
      allowPositionals: true,
    });
    const [command = '', ...words] = positionals;
    const entries = Object.entries(values);
    return {
      command,
      words,
      flags: Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string')),
      switches: new Set(entries.filter(([, value]) => value === true).map(([name]) => name)),
    };
  } catch (error) {
    throw new AppError('bad_request', explain(args, error), { cause: error });
  }
}

function explain(args: readonly string[], error: unknown): string {
  const known = [...TEXT_FLAGS, ...SWITCHES];
  const names = args.filter((arg) => arg.startsWith('--')).map((arg) => arg.slice(2).split('=', 1)[0] ?? '');
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) return `there is no flag --${unknown}; did you mean --${nearestName(unknown, known)}?`;
  return error instanceof Error ? (error.message.split('. ', 1)[0] ?? error.message) : String(error);
}
