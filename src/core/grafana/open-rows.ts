import { isRow, type PlacedPanel } from './layout.ts';
import type { NoteTaker } from './report.ts';

/**
 * A closed section of ours hides all panels up to the next heading. A collapsed row that is followed by panels outside of
 * it stands open, so that they are seen.
 */
export function openRows(panels: readonly PlacedPanel[], notes: NoteTaker): readonly PlacedPanel[] {
  let isFollowed = false;
  return panels
    .toReversed()
    .map((panel) => {
      const { source, isInside = false } = panel;
      if (!isRow(source)) {
        isFollowed ||= !isInside;
        return panel;
      }
      const opens = isFollowed && source['collapsed'] === true;
      isFollowed = false;
      if (opens)
        notes.approximated(
          `row ${JSON.stringify(source['title'] ?? '')}`,
          'it stands open: panels outside of it follow',
        );
      return opens ? { ...panel, source: { ...source, collapsed: false } } : panel;
    })
    .toReversed();
}
