import { EditorView } from '@codemirror/view';

/**
 * Typing over a selection. Left to itself the browser keeps the look of what it replaces in a style attribute, which our
 * content security policy refuses: the text is put in here instead.
 */
export const plainTyping = EditorView.domEventHandlers({
  beforeinput: (event, view) => {
    const { inputType, data } = event;
    const range = selectedRange(view);
    if (inputType !== 'insertText' || data === null || range === undefined || view.composing) return false;
    const from = view.posAtDOM(range.startContainer, range.startOffset);
    const to = view.posAtDOM(range.endContainer, range.endOffset);
    if (to <= from) return false;
    event.preventDefault();
    const at = from + data.length;
    view.dispatch({ changes: { from, to, insert: data }, selection: { anchor: at }, userEvent: 'input.type' });
    return true;
  },
});

/** What is selected on the screen: the editor learns of a selection a little later than the browser has it. */
function selectedRange({ contentDOM }: EditorView): Range | undefined {
  const selection = contentDOM.ownerDocument.getSelection();
  if (selection === null || selection.rangeCount === 0) return undefined;
  const range = selection.getRangeAt(0);
  return contentDOM.contains(range.startContainer) && contentDOM.contains(range.endContainer) ? range : undefined;
}
