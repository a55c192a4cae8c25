import { CollectError } from '#core/plugin/collect-error.ts';

/** An MBean of an answer: the keys of its name, and its attributes as they are written. */
export type Bean = { readonly keys: ReadonlyMap<string, string>; readonly attributes: ReadonlyMap<string, string> };

/**
 * The answer of Tomcat's JMX proxy to a query: a line `OK - Number of results: 2`, and a block for each bean, whose first
 * line is its name. Lines of values that go on are passed over. Throws `protocol` for another text, `answer` for an error.
 */
export function parseBeans(text: string): readonly Bean[] {
  const [head = '', ...blocks] = text.split(/\r?\n\r?\n(?=Name: )/);
  if (head.startsWith('Error')) throw new CollectError('answer', `the JMX proxy answers: ${head.slice(0, 200)}`);
  if (!head.startsWith('OK')) {
    throw new CollectError(
      'protocol',
      `this is no answer of the JMX proxy; it begins with ${JSON.stringify(text.slice(0, 60))}`,
    );
  }
  return blocks.map((block) => {
    const [name = '', ...lines] = block.split(/\r?\n/);
    const pairs = lines.flatMap((line) => {
      const [, key, value = ''] = /^(\w+): (.*)$/.exec(line) ?? [];
      return key === undefined ? [] : [[key, value] as const];
    });
    return { keys: keysOf(name), attributes: new Map(pairs) };
  });
}

/** `Name: Catalina:type=ThreadPool,name="http-nio-8080"`; quotes are no part of a value. */
function keysOf(line: string): ReadonlyMap<string, string> {
  const name = line.replace(/^Name: [^:]*:/, '');
  return new Map(
    [...name.matchAll(/(\w+)=("(?:[^"\\]|\\.)*"|[^,]*)/g)].map(([, key = '', value = '']) => [
      key,
      value.replaceAll('"', ''),
    ]),
  );
}

/** `{committed=1, init=2, max=-1, used=3}`: its numbers. */
export function composite(text: string | undefined): ReadonlyMap<string, number> {
  return new Map([...(text ?? '').matchAll(/(\w+)=(-?\d+)/g)].map(([, key = '', value]) => [key, Number(value)]));
}
