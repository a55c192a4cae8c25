import { stringify } from 'yaml';
import type { Config } from './schema.ts';

const SECRET_KEY = /password|secret|token|key$/i;

/** The configuration as it is in force, as YAML: secrets and passwords in URLs hidden, durations in ms, sizes in bytes. */
export function printConfig(config: Config): string {
  const shown: unknown = JSON.parse(
    JSON.stringify(config, (key, value: unknown) => {
      if (value === Number.POSITIVE_INFINITY) return 'unlimited';
      if (typeof value !== 'string') return value;
      return SECRET_KEY.test(key) ? '[hidden]' : value.replace(/(:\/\/[^:/@]*:)[^@]*@/, '$1[hidden]@');
    }),
  );
  return stringify(shown);
}
