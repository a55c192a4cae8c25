import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

const CHROMIUM = '/usr/bin/chromium';
const LIMIT_MS = 30_000;
const ASK_AGAIN_MS = 3_000;
/** `NOCMATE_E2E_SLOW=4` makes the pages' processor so many times slower, to see what a slow machine does. */
const SLOW = Number(process.env['NOCMATE_E2E_SLOW'] ?? 1);
const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

// These two run in the page, where Node's types do not hold: they are text.
const TELL_VIOLATIONS = `document.addEventListener('securitypolicyviolation', (event) =>
  tellViolation([event.violatedDirective, event.blockedURI, event.sourceFile, event.lineNumber].join(' ')));`;
const RUN_AXE = `(async () => {
  const values = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  const { violations } = await axe.run(document, { runOnly: { type: 'tag', values } });
  return violations.map(({ id, help, nodes }) =>
    id + ': ' + help + ': ' + nodes.map(({ html }) => html.slice(0, 120)).join(' | '));
})()`;

/** Why browser tests cannot run here, or false. */
export const noBrowser: string | false = existsSync(CHROMIUM) ? false : 'Chromium is not installed (Debian: chromium)';

/** Headless Chromium of this machine. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM, args: ARGS });
}

export type PageOptions = {
  readonly width?: number;
  readonly height?: number;
  readonly theme?: 'dark' | 'light';
  /** Answers that are expected: `401 /api/login`. */
  readonly expected?: readonly string[];
};

/** A page that collects everything a user should never meet; `assertClean` fails on any of it. */
export class WatchedPage {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly complaints: string[] = [];
  readonly #expected: readonly string[];

  private constructor(context: BrowserContext, page: Page, expected: readonly string[]) {
    this.context = context;
    this.page = page;
    this.#expected = expected;
  }

  static async open(browser: Browser, options: PageOptions = {}): Promise<WatchedPage> {
    const { width = 1440, height = 900, theme = 'dark', expected = [] } = options;
    const context = await browser.newContext({ viewport: { width, height }, colorScheme: theme });
    context.setDefaultTimeout(LIMIT_MS);
    const page = await context.newPage();
    if (SLOW > 1) {
      const session = await context.newCDPSession(page);
      await session.send('Emulation.setCPUThrottlingRate', { rate: SLOW });
    }
    const watched = new WatchedPage(context, page, expected);
    await watched.#watch();
    return watched;
  }

  async #watch(): Promise<void> {
    const { page, complaints } = this;
    page.on('console', (message) => {
      const isRefusal = /Failed to load resource/.test(message.text());
      if (message.type() === 'error' && !isRefusal) complaints.push(`console: ${message.text()}`);
    });
    page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
    page.on('response', (response) => {
      const said = `${response.status()} ${new URL(response.url()).pathname}`;
      if (response.status() >= 400 && !this.#expected.includes(said)) complaints.push(said);
    });
    await page.exposeFunction('tellViolation', (text: string) => complaints.push(`policy: ${text}`));
    await page.addInitScript(TELL_VIOLATIONS);
  }

  /**
   * Picks a completion, and asks for it again as a user does when none comes: the server may have learned of it a moment
   * later, or the machine was too slow for a list that opens while one types.
   */
  async complete(text: string): Promise<void> {
    const option = this.page.getByRole('option').filter({ hasText: text }).first();
    const shown = (): Promise<boolean> =>
      option.waitFor({ timeout: ASK_AGAIN_MS }).then(
        () => true,
        () => false,
      );
    for (let rounds = LIMIT_MS / ASK_AGAIN_MS; rounds > 0 && !(await shown()); rounds -= 1) {
      await this.page.keyboard.press('Control+Space');
    }
    const said = (): Promise<string> => this.page.locator('.cm-editor').first().innerText();
    assert.ok(await option.isVisible(), `no completion ${text} of ${await said()}; ${this.complaints.join('; ')}`);
    await option.click();
  }

  /** Fails when the console, the network or the policy complained. */
  assertClean(): void {
    assert.deepEqual(this.complaints, []);
  }

  /** Violations of WCAG 2.2 AA and best practice that axe finds, one line each. */
  async violations(): Promise<string[]> {
    // Evaluated, not added as a script: the page's policy allows no foreign script.
    await this.page.evaluate(axeSource());
    return this.page.evaluate<string[]>(RUN_AXE);
  }

  /** Resolves in the animation frame in which the expression is true in the page. `waitForFunction` would need eval. */
  async until(expression: string, limitMs = LIMIT_MS): Promise<void> {
    const isTrue = await this.page.evaluate<boolean>(`new Promise((resolve) => {
      const end = performance.now() + ${limitMs};
      const check = () => {
        if (${expression}) resolve(true);
        else if (performance.now() > end) resolve(false);
        else requestAnimationFrame(check);
      };
      check();
    })`);
    assert.ok(isTrue, `within ${limitMs} ms: ${expression}`);
  }

  /** Saves a picture when NOCMATE_SHOTS names a folder. */
  async shoot(name: string): Promise<void> {
    const folder = process.env['NOCMATE_SHOTS'];
    if (folder === undefined) return;
    await mkdir(folder, { recursive: true });
    await this.page.screenshot({ path: join(folder, `${name}.png`) });
  }
}

function axeSource(): string {
  return readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
}
