import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { Logger } from '#io/log.ts';

const LINE = /^(DEBUG\d?|LOG|INFO|NOTICE|WARNING|ERROR|FATAL|PANIC|HINT|DETAIL|CONTEXT|STATEMENT):\s+(.*)$/;
const KEPT_LINES = 20;

/** The standard error of a PostgreSQL program: passed on to our log, its last lines kept for error messages. */
export type ServerLog = {
  /** What the program complained about last, as one line. */
  readonly complaint: () => string;
};

/** Reads the stream until it ends. */
export function followServerLog(stream: Readable, logger: Logger): ServerLog {
  const kept: string[] = [];
  createInterface({ input: stream }).on('line', (line) => {
    kept.push(line);
    if (kept.length > KEPT_LINES) kept.shift();
    const [, severity = 'LOG', message = line] = LINE.exec(line) ?? [];
    logger[levelOf(severity)]({ postgres: message }, 'postgres says');
  });
  return { complaint: () => complaintIn(kept) };
}

/** Errors of statements go to whoever ran them; only what concerns the server itself is worth a line. */
function levelOf(severity: string): 'debug' | 'warn' | 'error' {
  if (severity === 'PANIC') return 'error';
  return severity === 'WARNING' ? 'warn' : 'debug';
}

function complaintIn(lines: readonly string[]): string {
  const grave = lines.filter((line) => /FATAL|PANIC|error/i.test(line));
  const chosen = grave.at(-1) ?? lines.at(-1) ?? 'it said nothing';
  return chosen.replace(LINE, '$2');
}
