import type { ChartSource } from './chart-data.ts';
import type { ChartEnvironment } from './chart-environment.ts';
import type { ChartHandle } from './chart-handle.ts';
import type { EventMark } from './event-marks.ts';
import { Plot } from './plot.ts';
import type { PlotInput } from './plot-input.ts';
import type { Drawable } from './redraw-queue.ts';

/** Several feeds may tick at different moments of one second: a chart is not drawn for each. */
const PACE_MS = 200;
/** Time goes on without samples: then the chart moves by itself. */
const IDLE_MS = 1_500;

export type ChartDriverOptions = {
  readonly host: HTMLElement;
  readonly environment: ChartEnvironment;
  readonly handle: ChartHandle;
  readonly source: ChartSource;
  readonly input: Omit<PlotInput, 'isAwake' | 'onCursor' | 'marks'>;
  readonly hidden: ReadonlySet<string>;
};

/** Draws one chart when its data, size, theme or time change and it is in view. Lives as long as its element. */
export class ChartDriver implements Drawable {
  readonly #options: ChartDriverOptions;
  readonly #plot: Plot;
  readonly #ends: readonly (() => void)[];
  #marks: readonly EventMark[] = [];
  #inView = false;
  #drawnAt = Number.NEGATIVE_INFINITY;
  #paceTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: ChartDriverOptions) {
    this.#options = options;
    const { environment, host, source } = options;
    this.#plot = new Plot(host, this.#input(), environment.theme());
    this.#plot.resize(host.clientWidth, host.clientHeight);
    this.#ends = [
      source.listen(() => this.#pace()),
      environment.observeView(host, (inView) => this.#seen(inView)),
      environment.observeSize(host, (width, height) => this.#resized(width, height)),
      environment.onTheme(() => this.#restyled()),
      environment.everySecond(() => {
        if (performance.now() - this.#drawnAt > IDLE_MS) environment.queue.request(this);
      }),
    ];
    environment.queue.request(this);
  }

  readonly isVisible = (): boolean => this.#inView && !document.hidden;

  readonly draw = (): void => {
    const { source, hidden, handle, environment } = this.#options;
    this.#drawnAt = performance.now();
    const data = source.read();
    this.#plot.draw(data, hidden);
    environment.queue.afterFrame(() => handle.update(data, this.#plot.cursorIndex));
  };

  /** Moves the crosshair by points; from none it starts at the newest. */
  stepCursor(step: number): void {
    const { data } = this.#options.handle;
    const at = this.#plot.cursorIndex ?? data.t.length - 1 - Math.sign(step);
    this.#plot.moveCursor(Math.min(data.t.length - 1, Math.max(0, at + step)));
  }

  /** Events to mark from now on. */
  setMarks(marks: readonly EventMark[]): void {
    if (this.#marks === marks) return;
    this.#marks = marks;
    this.#options.environment.queue.request(this);
  }

  clearCursor(): void {
    this.#plot.moveCursor(undefined);
  }

  close(): void {
    for (const end of this.#ends) end();
    clearTimeout(this.#paceTimer);
    this.#options.environment.queue.remove(this);
    this.#plot.destroy();
  }

  #input(): PlotInput {
    const { input, handle } = this.#options;
    return {
      ...input,
      isAwake: () => this.#inView,
      marks: () => this.#marks,
      onCursor: () => handle.update(handle.data, this.#plot.cursorIndex),
    };
  }

  #pace(): void {
    const wait = this.#drawnAt + PACE_MS - performance.now();
    if (wait <= 0) this.#options.environment.queue.request(this);
    else {
      this.#paceTimer ??= setTimeout(() => {
        this.#paceTimer = undefined;
        this.#options.environment.queue.request(this);
      }, wait);
    }
  }

  #seen(inView: boolean): void {
    this.#inView = inView;
    if (inView) this.#options.environment.queue.request(this);
  }

  #resized(width: number, height: number): void {
    this.#plot.resize(width, height);
    this.#options.environment.queue.request(this);
  }

  #restyled(): void {
    this.#plot.configure(this.#input(), this.#options.environment.theme());
    this.#options.environment.queue.request(this);
  }
}
