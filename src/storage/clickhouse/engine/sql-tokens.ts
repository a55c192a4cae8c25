/** A piece of SQL text: `code` may hold several words and operators, `;` never. */
export type SqlToken = {
  readonly kind: 'code' | 'quoted' | 'comment' | 'semicolon';
  readonly text: string;
};

const CLOSING: Readonly<Record<string, string>> = { "'": "'", '"': '"', '`': '`', '‘': '’', '“': '”' };
const SPECIAL = /['"`‘“;\0$]|--|\/\/|\/\*|#/g;

/**
 * Cuts SQL where ClickHouse's lexer does (src/Parsers/Lexer.cpp): texts, quoted names, heredocs and comments are whole.
 * Throws SyntaxError where the two could disagree: unclosed quotes, comments within comments, a zero byte.
 */
export function tokenizeSql(sql: string): SqlToken[] {
  const tokens: SqlToken[] = [];
  let at = 0;
  for (const { index, 0: mark } of iterate(sql, () => at)) {
    const end = endOfToken(sql, index, mark);
    if (end === index) continue;
    if (index > at) tokens.push({ kind: 'code', text: sql.slice(at, index) });
    tokens.push({ kind: kindOf(mark), text: sql.slice(index, end) });
    at = end;
  }
  if (at < sql.length) tokens.push({ kind: 'code', text: sql.slice(at) });
  return tokens;
}

/** Matches in order, skipping those inside the token that was taken last. */
function* iterate(sql: string, end: () => number): Generator<{ index: number; 0: string }> {
  const pattern = new RegExp(SPECIAL);
  for (let match = pattern.exec(sql); match !== null; match = pattern.exec(sql)) {
    if (match.index < end()) {
      pattern.lastIndex = end();
      continue;
    }
    yield { index: match.index, 0: match[0] };
  }
}

function kindOf(mark: string): SqlToken['kind'] {
  if (mark === ';') return 'semicolon';
  return mark in CLOSING || mark === '$' ? 'quoted' : 'comment';
}

/** Where the token that begins at `index` ends; `index` itself when it is ordinary code. */
function endOfToken(sql: string, index: number, mark: string): number {
  switch (mark) {
    case '\0':
      throw new SyntaxError('the text holds a zero byte');
    case ';':
      return index + 1;
    case '$':
      return endOfHeredoc(sql, index);
    case '#':
      return sql[index + 1] === ' ' || sql[index + 1] === '!' ? endOfLine(sql, index) : index;
    case '--':
    case '//':
      return endOfLine(sql, index);
    case '/*':
      return endOfComment(sql, index);
    default:
      return endOfQuoted(sql, index, CLOSING[mark] ?? mark);
  }
}

function endOfLine(sql: string, index: number): number {
  const end = sql.indexOf('\n', index);
  return end === -1 ? sql.length : end;
}

function endOfComment(sql: string, index: number): number {
  const end = sql.indexOf('*/', index + 2);
  if (end === -1) throw new SyntaxError('a comment is not closed');
  if (sql.slice(index + 2, end + 1).includes('/*')) throw new SyntaxError('a comment stands inside a comment');
  return end + 2;
}

function endOfQuoted(sql: string, index: number, closing: string): number {
  // Only the ASCII quotes know escapes.
  const escapes = closing.charCodeAt(0) < 0x80;
  for (let at = index + 1; at < sql.length; at += 1) {
    if (escapes && sql[at] === '\\') at += 1;
    else if (sql[at] === closing) {
      if (!escapes || sql[at + 1] !== closing) return at + 1;
      at += 1;
    }
  }
  throw new SyntaxError(`a ${sql[index]} is not closed`);
}

/** `$tag$ … $tag$`; a `$` that opens none is part of a name. */
function endOfHeredoc(sql: string, index: number): number {
  if (/[\w$]/.test(sql[index - 1] ?? '')) return index;
  const [tag] = /^\$\w*\$/.exec(sql.slice(index, index + 256)) ?? [];
  if (tag === undefined) return index;
  const end = sql.indexOf(tag, index + tag.length);
  if (end === -1) throw new SyntaxError(`the text ${tag} is not closed`);
  return end + tag.length;
}
