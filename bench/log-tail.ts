/**
 * Live tail: from a line on the wire (syslog, TCP) to its row on the screen of the log page, in headless Chromium.
 * `node bench/log-tail.ts [lines]`; needs a built web UI.
 */
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { launchBrowser, WatchedPage } from '#test/e2e/browser.ts';
import { signIn } from '#test/e2e/session.ts';
import { Product } from '#test/product/product.ts';

const [lines = 200] = process.argv.slice(2).map(Number);
const PAUSE_MS = 120;
/** Tells, in the animation frame after a row came, when each line was first there. */
const WATCH = `new Promise((resolve) => {
  window.seen = new Map();
  const look = () => {
    const text = document.querySelector('table[aria-label="Log lines"]')?.textContent ?? '';
    for (const [id] of text.matchAll(/tail-\\d+-end/g)) {
      if (!window.seen.has(id)) requestAnimationFrame(() => window.seen.set(id, Date.now()));
    }
  };
  new MutationObserver(look).observe(document.body, { childList: true, subtree: true, characterData: true });
  resolve();
})`;

const product = await Product.start();
const browser = await launchBrowser();
try {
  const watched = await WatchedPage.open(browser);
  await signIn(watched, product.base);
  await watched.page.goto(`${product.base}/logs`);
  await watched.page.getByRole('button', { name: 'Live tail' }).waitFor();
  await watched.page.evaluate(WATCH);
  const { host, port } = await product.listener('syslog/tcp');
  const socket = connect(port, host);
  await once(socket, 'connect');
  const sent = new Map<string, number>();
  for (let i = 0; i < lines; i += 1) {
    const id = `tail-${i}-end`;
    sent.set(id, Date.now());
    socket.write(`<14>1 ${new Date().toISOString()} here bench - - - ${id}\n`);
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  await watched.until(`window.seen.has('tail-${lines - 1}-end')`);
  const seen = await watched.page.evaluate<[string, number][]>('[...window.seen]');
  const ms = seen.map(([id, at]) => at - (sent.get(id) ?? Number.NaN)).sort((a, b) => a - b);
  const at = (share: number): number => ms[Math.min(ms.length - 1, Math.floor(ms.length * share))] ?? Number.NaN;
  const load = (await readFile('/proc/loadavg', 'utf8')).trim();
  console.log(`${ms.length} of ${lines} lines seen; ms p50 ${at(0.5)}, p95 ${at(0.95)}, most ${at(1)}; load ${load}`);
  socket.destroy();
} finally {
  await browser.close();
  await product.remove();
}
