import { isRow, type PlacedPanel } from './layout.ts';

/** A row that is repeated gives its repetition to each of its panels: our rows are headings. */
export function repeatInRows(panels: readonly PlacedPanel[]): readonly PlacedPanel[] {
  let repeat: unknown;
  return panels.map((panel) => {
    if (isRow(panel.source)) repeat = panel.source['repeat'];
    else if (typeof repeat === 'string' && repeat !== '' && !panel.source['repeat']) {
      return { ...panel, source: { ...panel.source, repeat } };
    }
    return panel;
  });
}
