import { AppError } from '#core/errors.ts';

/** What a message of ours or of the engine is about: a quoted name, else the function it names. */
const NAMES = [/[`']([^`'\n]+)[`']/, /[Ff]unction (\w+)/];

/** The engine repeats the whole statement; its guess at what was meant stays. */
const SCOPE = /:? ?\b[Ii]n scope [\s\S]*?(?=\. Maybe you meant|$)/;

/**
 * A problem of a statement with the place of the name that it is about: `position` and `to` in the details (UTF-16
 * offsets). Other errors, and those whose name does not stand in the text, stay as they are but for the length.
 */
export function placedProblem(error: unknown, text: string): unknown {
  if (!(error instanceof AppError) || error.code !== 'bad_query' || error.details['position'] !== undefined)
    return error;
  const message = error.message.replace(SCOPE, '');
  const place = NAMES.map((pattern) => pattern.exec(message)?.[1])
    .filter((name) => name !== undefined)
    .map((name) => placeOf(text, name))
    .find((found) => found !== undefined);
  return new AppError('bad_query', message, { cause: error, details: { ...error.details, ...place } });
}

/** Where a name stands first, outside of texts and comments. */
function placeOf(text: string, name: string): { position: number; to: number } | undefined {
  const code = text.replace(/'(?:[^'\\]|\\.|'')*'?|--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/g, (part) =>
    ' '.repeat(part.length),
  );
  const escaped = name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  const found = new RegExp(`(?<![\\w.])${escaped}(?!\\w)`, 'i').exec(code);
  return found === null ? undefined : { position: found.index, to: found.index + name.length };
}
