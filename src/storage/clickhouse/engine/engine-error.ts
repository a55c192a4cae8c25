import { messageOf } from '#core/errors.ts';

/** Codes of ClickHouse (src/Common/ErrorCodes.cpp) that the child answers itself. */
export const CODES = {
  syntaxError: 62,
  unknownSetting: 115,
  unknownFormat: 73,
  tooManyQueries: 202,
  queryCancelled: 394,
  unknownParameter: 456,
  authenticationFailed: 516,
  unknown: 1002,
} as const;

/** A fault in the words of the ClickHouse protocol. */
export class EngineError extends Error {
  readonly code: number;

  constructor(code: number, message: string) {
    super(`Code: ${code}. DB::Exception: ${message}`);
    this.name = 'EngineError';
    this.code = code;
  }
}

/** Anything thrown, as what the protocol carries. */
export function toEngineError(error: unknown): EngineError {
  if (error instanceof EngineError) return error;
  const text = messageOf(error);
  const [, code, message] = /^Code: (\d+)\. DB::\w*Exception: (.*)$/s.exec(text) ?? [];
  if (code !== undefined) return new EngineError(Number(code), message ?? text);
  const own = error instanceof SyntaxError ? [CODES.syntaxError, 'SYNTAX_ERROR'] : [CODES.unknown, 'UNKNOWN_EXCEPTION'];
  return new EngineError(Number(own[0]), `${text}. (${own[1]})`);
}
