import { type SqlToken, tokenizeSql } from './sql-tokens.ts';

/** One SQL statement, taken apart as far as the child needs it. */
export type Statement = {
  /** Without the closing `;`. */
  readonly tokens: readonly SqlToken[];
  /** First word, upper case. */
  readonly verb: string;
  /** The name behind a closing FORMAT. */
  readonly format: string | undefined;
  /** It ends with data of its own: `INSERT … VALUES (…)`. */
  readonly inlineData: boolean;
};

/** Reads one statement. Throws SyntaxError for an empty text and for more than one statement. */
export function readStatement(sql: string): Statement {
  const all = tokenizeSql(sql);
  const end = all.findIndex((token) => token.kind === 'semicolon');
  const tokens = end === -1 ? all : all.slice(0, end);
  const rest = end === -1 ? [] : all.slice(end + 1);
  if (rest.some((token) => token.kind !== 'comment' && token.text.trim() !== '')) {
    throw new SyntaxError('several statements in one text are not allowed');
  }
  const code = tokens.filter((token) => token.kind !== 'comment');
  const [verb] = /[A-Za-z]+/.exec(code[0]?.kind === 'code' ? code[0].text : '') ?? [];
  if (verb === undefined) throw new SyntaxError('the text holds no statement');
  const last = code.findLast((token) => token.text.trim() !== '');
  const [, format] = (last?.kind === 'code' ? /\bFORMAT\s+(\w+)\s*$/i.exec(last.text) : undefined) ?? [];
  const inlineData =
    /^INSERT$/i.test(verb) && code.some(({ kind, text }) => kind === 'code' && /\bVALUES\b/i.test(text));
  return { tokens, verb: verb.toUpperCase(), format, inlineData };
}

/** The text of the statement, with `{name:Type}` outside of quotes and comments replaced by what `render` gives. */
export function renderStatement(statement: Statement, render: (name: string, type: string) => string): string {
  return statement.tokens
    .map((token) => (token.kind === 'code' ? substitute(token.text, render) : token.text))
    .join('');
}

function substitute(code: string, render: (name: string, type: string) => string): string {
  return code.replace(/\{\s*([A-Za-z_]\w*)\s*:\s*([^{}]*?)\s*\}/g, (_whole, name: string, type: string) =>
    render(name, type),
  );
}
