import { createContext } from 'react';
import { type ChartTheme, readChartTheme } from './chart-theme.ts';
import { RedrawQueue } from './redraw-queue.ts';

const SECOND_MS = 1_300;
const TICK_MS = 700;
/** Charts a little below the fold are drawn before they are scrolled to. */
const VIEW_MARGIN = '120px';

/** Part of the Scheduling API that TypeScript's DOM types do not have. */
type InputAware = { readonly scheduling?: { readonly isInputPending: () => boolean } };

type SizeListener = (width: number, height: number) => void;
type ViewListener = (inView: boolean) => void;

/** What all charts of the page share: one redraw queue, one observer of each kind, one clock, one theme. */
export class ChartEnvironment {
  readonly queue = new RedrawQueue({
    requestFrame: (callback) => void requestAnimationFrame(callback),
    now: () => performance.now(),
    isInputPending: () => (navigator as InputAware).scheduling?.isInputPending() === true,
    onIdle: () => this.#second(TICK_MS),
  });
  readonly #sizes = new WeakMap<Element, SizeListener>();
  readonly #views = new WeakMap<Element, ViewListener>();
  readonly #secondListeners = new Set<() => void>();
  readonly #themeListeners = new Set<() => void>();
  #resizeObserver: ResizeObserver | undefined;
  #viewObserver: IntersectionObserver | undefined;
  #themeObserver: MutationObserver | undefined;
  #theme: ChartTheme | undefined;
  #secondAt = Number.NEGATIVE_INFINITY;
  #timer: ReturnType<typeof setInterval> | undefined;

  /** Tells when the element comes into view and leaves it. */
  readonly observeView = (element: Element, listener: ViewListener): (() => void) => {
    this.#viewObserver ??= new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) this.#views.get(target)?.(isIntersecting);
      },
      { rootMargin: VIEW_MARGIN },
    );
    this.#views.set(element, listener);
    this.#viewObserver.observe(element);
    return () => this.#viewObserver?.unobserve(element);
  };

  /** Tells the size of the element's content box, CSS pixels. */
  readonly observeSize = (element: Element, listener: SizeListener): (() => void) => {
    this.#resizeObserver ??= new ResizeObserver((entries) => {
      for (const { target, contentRect } of entries) {
        this.#sizes.get(target)?.(Math.floor(contentRect.width), Math.floor(contentRect.height));
      }
    });
    this.#sizes.set(element, listener);
    this.#resizeObserver.observe(element);
    return () => this.#resizeObserver?.unobserve(element);
  };

  /** Calls once a second, for ages and for time that passes without samples. */
  readonly everySecond = (listener: () => void): (() => void) => {
    this.#secondListeners.add(listener);
    this.#timer ??= setInterval(() => this.#second(SECOND_MS), SECOND_MS / 2);
    return () => {
      this.#secondListeners.delete(listener);
      if (this.#secondListeners.size > 0) return;
      clearInterval(this.#timer);
      this.#timer = undefined;
    };
  };

  /** The colours of now; the same object until the theme changes. */
  readonly theme = (): ChartTheme => {
    this.#theme ??= readChartTheme(document.documentElement);
    return this.#theme;
  };

  readonly onTheme = (listener: () => void): (() => void) => {
    this.#themeListeners.add(listener);
    this.#watchTheme();
    return () => this.#themeListeners.delete(listener);
  };

  /** Ages are written right after the charts of a tick are drawn, in the same frame; without ticks, by the timer. */
  #second(atLeastMs: number): void {
    const now = performance.now();
    if (now - this.#secondAt < atLeastMs) return;
    this.#secondAt = now;
    for (const each of this.#secondListeners) each();
  }

  #watchTheme(): void {
    if (this.#themeObserver !== undefined) return;
    this.#themeObserver = new MutationObserver(() => {
      this.#theme = undefined;
      for (const listener of this.#themeListeners) listener();
    });
    this.#themeObserver.observe(document.documentElement, {
      attributes: true,
      attributeFilter: ['data-theme', 'data-density'],
    });
  }
}

/** The charts of one page share one environment; nothing of it runs before the first chart. */
export const ChartContext = createContext(new ChartEnvironment());
