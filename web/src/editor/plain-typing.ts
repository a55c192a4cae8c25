import { EditorView } from '@codemirror/view';

/**
 * Typing over a selection. Left to itself the browser keeps the look of what it replaces in a style attribute, which our
 * content security policy refuses: the text is put in here instead.
 */
export const plainTyping = EditorView.domEventHandlers({
  beforeinput: (event, view) => {
    const { inputType, data } = event;
    if (inputType !== 'insertText' || data === null || view.state.selection.main.empty || view.composing) return false;
    event.preventDefault();
    view.dispatch(view.state.replaceSelection(data), { userEvent: 'input.type', scrollIntoView: true });
    return true;
  },
});
