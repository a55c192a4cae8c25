import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseDocument } from 'yaml';
import { AppError } from '#core/errors.ts';
import { explainIssues } from '#core/explain-issues.ts';
import { longestLogLife } from '#storage/clickhouse/schema/log-retention.ts';
import { Config } from './schema.ts';
import { OUTSIDE_SETTINGS } from './settings.ts';

export type ConfigSources = {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Values of the flags that were given, by flag name; `config` names the file. */
  readonly flags: Readonly<Record<string, string>>;
};

type Tree = Record<string, unknown>;

const DEFAULT_FILE = 'nocmate.yaml';

/**
 * The configuration: file, then environment, then flags; checked whole and frozen. Throws `bad_request` that lists
 * every problem with its place.
 */
export async function loadConfig({ env, flags }: ConfigSources): Promise<Config> {
  const named = flags['config'] ?? env['NOCMATE_CONFIG'];
  const tree = await readTree(resolve(named ?? DEFAULT_FILE), named !== undefined);
  for (const { path, env: variable, flag } of OUTSIDE_SETTINGS) {
    const value =
      (flag === undefined ? undefined : flags[flag]) ?? (variable === undefined ? undefined : env[variable]);
    if (value !== undefined && value !== '') setAt(tree, path, value);
  }
  const host = flags['listen'];
  if (host !== undefined) listenOn(tree, host);
  const result = Config.safeParse(tree);
  if (result.success) return deepFreeze(withMaxAge(result.data, tree));
  const issues = explainIssues(result.error, Config);
  throw new AppError('bad_request', `the configuration is not valid:\n  ${issues.join('\n  ')}`, {
    details: { issues },
  });
}

/** Unless they are set, the oldest sample and log record that are taken follow from how long they are kept. */
function withMaxAge(config: Config, { ingest }: Tree): Config {
  const { retention } = config.storage;
  const isSet = (name: string): boolean => typeof ingest === 'object' && ingest !== null && name in ingest;
  const { maxAge, maxLogAge } = config.ingest;
  return {
    ...config,
    ingest: {
      ...config.ingest,
      maxAge: isSet('maxAge') ? maxAge : retention.raw,
      maxLogAge: isSet('maxLogAge') ? maxLogAge : longestLogLife(retention),
    },
  };
}

async function readTree(file: string, required: boolean): Promise<Tree> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' && !required) return '';
    throw new AppError('bad_request', `cannot read the configuration ${file}: ${error.message}`, { cause: error });
  });
  const document = parseDocument(text, { prettyErrors: true });
  const [problem] = document.errors;
  if (problem !== undefined) throw new AppError('bad_request', `${file} is not valid YAML: ${problem.message}`);
  const tree: unknown = document.toJS() ?? {};
  if (typeof tree === 'object' && !Array.isArray(tree)) return tree as Tree;
  throw new AppError('bad_request', `${file} must hold settings (key: value), not a single value or a list`);
}

function setAt(tree: Tree, path: readonly string[], value: unknown): void {
  const [key = '', ...rest] = path;
  if (rest.length === 0) {
    tree[key] = value;
    return;
  }
  const below = tree[key];
  const child = typeof below === 'object' && below !== null && !Array.isArray(below) ? (below as Tree) : {};
  tree[key] = child;
  setAt(child, rest, value);
}

/** `--listen HOST` opens UI, API and inputs on that host; ports stay as they are. */
function listenOn(tree: Tree, host: string): void {
  const listeners = [
    { path: ['http', 'listen'], port: 8400 },
    { path: ['inputs', 'graphite-plaintext', 'listen'], port: 2003 },
    { path: ['inputs', 'graphite-pickle', 'listen'], port: 2004 },
    { path: ['inputs', 'statsd', 'listen'], port: 8125 },
    { path: ['inputs', 'syslog', 'listen'], port: 1514 },
  ];
  for (const { path, port } of listeners) {
    const now = path.reduce<unknown>((at, key) => (at as Tree | undefined)?.[key], tree);
    if (now === 'off') continue;
    const keptPort = typeof now === 'string' ? now.slice(now.lastIndexOf(':') + 1) : String(port);
    setAt(tree, path, `${host.includes(':') ? `[${host}]` : host}:${keptPort}`);
  }
}

function deepFreeze<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const child of Object.values(value)) deepFreeze(child);
  }
  return value;
}
