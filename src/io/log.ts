import { destination, type Logger, pino } from 'pino';

export type { Logger };

export type LogOptions = { readonly level: string; readonly file?: string };

/** The product's logger: JSON lines on standard error, or in a file; secrets redacted by field name. */
export function createLogger(options: LogOptions): Logger {
  return pino(
    {
      level: options.level,
      base: null,
      redact: {
        paths: ['password', 'token', 'secret', 'authorization', '*.password', '*.token', '*.secret', '*.authorization'],
        censor: '[hidden]',
      },
    },
    destination({ dest: options.file ?? 2, sync: true }),
  );
}
