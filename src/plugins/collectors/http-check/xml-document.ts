/** An element of an XML document: names without their prefixes, attributes by name. */
export type XmlElement = {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  /** Elements and texts in their order. */
  readonly children: readonly (XmlElement | string)[];
};

const MOST_ELEMENTS = 50_000;
const DEEPEST = 500;
const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
const ATTRIBUTE = /([^\s=/]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

type Open = { name: string; attributes: Map<string, string>; children: (XmlElement | string)[] };

/**
 * Reads a document (XML 1.0) into an element without a name around its root. Entities of its own are never expanded, nor
 * is anything fetched. Throws for what is no XML, and for a document that is deeper or larger than messages are.
 */
export function parseXml(text: string): XmlElement {
  return new XmlReader(text).read();
}

/** All text in an element, also in those within it. */
export function textIn({ children }: XmlElement): string {
  return children.map((child) => (typeof child === 'string' ? child : textIn(child))).join('');
}

class XmlReader {
  readonly #text: string;
  readonly #open: Open[] = [{ name: '', attributes: new Map(), children: [] }];
  #at = 0;
  #elements = 0;

  constructor(text: string) {
    this.#text = text;
  }

  read(): XmlElement {
    const [document] = this.#open;
    for (let next = this.#text.indexOf('<'); next >= 0; next = this.#text.indexOf('<', this.#at)) {
      this.#say(unescaped(this.#text.slice(this.#at, next)));
      this.#at = next;
      this.#markup();
    }
    const hasRoot = document?.children.some((child) => typeof child !== 'string');
    if (document === undefined || hasRoot !== true || this.#open.length > 1)
      throw new Error('an element is not closed');
    return document;
  }

  #markup(): void {
    if (this.#text.startsWith('<!--', this.#at)) this.#passTo('-->');
    else if (this.#text.startsWith('<![CDATA[', this.#at)) this.#say(this.#passTo(']]>').slice(9));
    else if (this.#text.startsWith('<?', this.#at)) this.#passTo('?>');
    else if (this.#text.startsWith('<!', this.#at)) this.#declaration();
    else if (this.#text.startsWith('</', this.#at)) this.#close(this.#passTo('>').slice(2).trim());
    else this.#element();
  }

  /** A document type that defines entities is none that a message needs. */
  #declaration(): void {
    if (this.#passTo('>').includes('[')) throw new Error('the document defines entities');
  }

  #element(): void {
    const end = this.#endOfTag();
    const tag = this.#text.slice(this.#at + 1, end);
    const isEmpty = tag.endsWith('/');
    const name = /^[^\s/>]+/.exec(tag)?.[0] ?? '';
    if (name === '' || ++this.#elements > MOST_ELEMENTS) throw new Error('it is no XML, or too much of it');
    const pairs = [...tag.slice(name.length).matchAll(ATTRIBUTE)];
    const attributes = new Map(
      pairs.map(([, key = '', double, single]) => [localName(key), unescaped(double ?? single ?? '')]),
    );
    const element: Open = { name: localName(name), attributes, children: [] };
    this.#open.at(-1)?.children.push(element);
    if (!isEmpty && this.#open.push(element) > DEEPEST) throw new Error('elements lie too deep');
    this.#at = end + 1;
  }

  #close(name: string): void {
    const element = this.#open.pop();
    if (this.#open.length === 0 || element?.name !== localName(name)) throw new Error(`</${name}> closes nothing`);
  }

  /** The `>` that is not within an attribute. */
  #endOfTag(): number {
    let quote = '';
    for (let at = this.#at; at < this.#text.length; at++) {
      const character = this.#text[at] ?? '';
      if (quote === '' && character === '>') return at;
      if (quote === '' && (character === '"' || character === "'")) quote = character;
      else if (character === quote) quote = '';
    }
    throw new Error('a tag is not closed');
  }

  /** What stands from here up to an end, which is passed. */
  #passTo(end: string): string {
    const at = this.#text.indexOf(end, this.#at);
    if (at < 0) throw new Error(`${end} is missing`);
    const passed = this.#text.slice(this.#at, at);
    this.#at = at + end.length;
    return passed;
  }

  #say(text: string): void {
    if (text !== '') this.#open.at(-1)?.children.push(text);
  }
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function unescaped(text: string): string {
  if (!text.includes('&')) return text;
  return text.replaceAll(/&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|(\w+));/g, (written, hex, decimal, name: string) => {
    if (name !== undefined) return NAMED[name] ?? written;
    const code = hex === undefined ? Number(decimal) : Number.parseInt(String(hex), 16);
    return code <= 0x10_ff_ff ? String.fromCodePoint(code) : written;
  });
}
