import { type FSWatcher, watch } from 'node:fs';
import { join } from 'node:path';

/** Tells of changes in folders at once, `isName` of those of names; where that is not possible, files are looked at every second all the same. */
export class FolderWatch {
  readonly #watchers = new Map<string, FSWatcher | undefined>();
  readonly #onChange: (path: string, isName: boolean) => void;

  constructor(onChange: (path: string, isName: boolean) => void) {
    this.#onChange = onChange;
  }

  /** Watches these folders, and no others any more. */
  set(folders: ReadonlySet<string>): void {
    for (const [folder, watcher] of this.#watchers) {
      if (folders.has(folder)) continue;
      watcher?.close();
      this.#watchers.delete(folder);
    }
    for (const folder of folders) {
      if (this.#watchers.get(folder) === undefined) this.#watchers.set(folder, this.#open(folder));
    }
  }

  close(): void {
    this.set(new Set());
  }

  #open(folder: string): FSWatcher | undefined {
    try {
      const watcher = watch(folder, { persistent: false }, (kind, name) => {
        this.#onChange(join(folder, name ?? ''), kind === 'rename');
      });
      watcher.on('error', () => {
        watcher.close();
        this.#watchers.delete(folder);
      });
      return watcher;
    } catch {
      return undefined;
    }
  }
}
