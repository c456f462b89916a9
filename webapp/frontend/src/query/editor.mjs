// CodeMirror in place of the form's text area, which stays as the field that is sent.
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { lintGutter, lintKeymap, linter, setDiagnostics } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";
import { EditorView, highlightActiveLine, highlightActiveLineGutter, keymap, lineNumbers } from "@codemirror/view";
import { tagHighlighter, tags } from "@lezer/highlight";
import { sparql } from "codemirror-lang-sparql";
import { completions } from "./completion.mjs";
import { diagnostics, fault } from "./problems.mjs";

const DELAY = 500;

// Classes alone: which colour each has is said in the style sheet, in light and dark.
const colours = tagHighlighter([
  { tag: tags.keyword, class: "gt-tok-keyword" },
  { tag: [tags.variableName, tags.special(tags.variableName)], class: "gt-tok-variable" },
  { tag: [tags.string, tags.special(tags.string)], class: "gt-tok-string" },
  { tag: [tags.number, tags.integer, tags.float, tags.bool], class: "gt-tok-number" },
  { tag: [tags.url, tags.labelName, tags.namespace], class: "gt-tok-address" },
  { tag: tags.comment, class: "gt-tok-comment" },
]);

// Puts the editor in place of `text`, tells faults in `shown`, and calls `run` for Ctrl+Enter.
// Returns its text(), replace(text), and tell({line, column, message}) for what the server says is at fault.
export function createEditor({ text, fault: shown, vocabulary, nonce, run }) {
  const check = async (view) => {
    const found = fault(view.state.doc.toString());
    // What stands behind a prefix is known to the store.
    if (found?.prefix !== undefined) await vocabulary.load();
    const told = diagnostics(found, vocabulary);
    show(shown, view, told);
    return told;
  };
  const view = new EditorView({
    doc: text.value,
    extensions: [
      EditorView.cspNonce.of(nonce),
      lineNumbers(),
      lintGutter(),
      highlightActiveLine(),
      highlightActiveLineGutter(),
      history(),
      bracketMatching(),
      closeBrackets(),
      indentUnit.of("  "),
      EditorState.tabSize.of(2),
      EditorView.lineWrapping,
      sparql(),
      syntaxHighlighting(colours),
      autocompletion({ override: [completions(vocabulary)], icons: false, maxRenderedOptions: 60 }),
      linter(check, { delay: DELAY }),
      EditorView.contentAttributes.of({
        "aria-label": "SPARQL query",
        "aria-describedby": "editor-fault editor-help",
        tabindex: "0",
        spellcheck: "false",
        autocapitalize: "off",
      }),
      EditorView.domEventHandlers({ beforeinput: replaceSelection }),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) text.value = update.state.doc.toString();
      }),
      // Tab is not among them: it leaves the editor, as it leaves any field.
      keymap.of([
        { key: "Mod-Enter", preventDefault: true, run: () => (run(), true) },
        ...closeBracketsKeymap,
        ...defaultKeymap,
        ...historyKeymap,
        ...completionKeymap,
        ...lintKeymap,
      ]),
    ],
  });
  text.before(view.dom);
  text.hidden = true;
  // The label that names the text area leads to what stands in its place.
  document.querySelector(`label[for="${text.id}"]`)?.addEventListener("click", () => view.focus());
  view.contentDOM.addEventListener("focus", () => vocabulary.load(), { once: true });
  tell(view, shown, document.querySelector("#answer [data-line]")?.dataset ?? {});

  return {
    text: () => view.state.doc.toString(),
    replace: (query) => {
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: query }, scrollIntoView: true });
      view.focus();
    },
    tell: (told) => tell(view, shown, told),
  };
}

// Where several words are replaced by a letter, Chromium would keep their looks in style attributes, which the policy
// bars; so the editor does it itself, as it does everything else that changes more than a letter.
function replaceSelection(event, view) {
  const { from, to, empty } = view.state.selection.main;
  if (empty || view.composing || event.inputType !== "insertText" || !event.data) return false;
  const change = () => view.state.update(view.state.replaceSelection(event.data), { userEvent: "input.type", scrollIntoView: true });
  const handled = view.state.facet(EditorView.inputHandler).some((handle) => handle(view, from, to, event.data, change));
  if (!handled) view.dispatch(change());
  return true;
}

// Marks the place that the server names.
function tell(view, shown, { line, column, message }) {
  if (line === undefined) return;
  const { doc } = view.state;
  const at = doc.line(Math.min(Number(line), doc.lines));
  const from = Math.min(at.from + Number(column) - 1, at.to);
  const word = /^\S+/u.exec(doc.sliceString(from, at.to))?.[0].length ?? 0;
  const told = [{ from: word ? from : Math.max(at.from, from - 1), to: from + word, severity: "error", message, actions: [] }];
  view.dispatch(setDiagnostics(view.state, told));
  show(shown, view, told);
}

// Says below the editor what its marks say, with the remedy as a button: a mark alone is neither read nor reached.
function show(shown, view, told) {
  shown.hidden = told.length === 0;
  shown.replaceChildren(
    ...told.flatMap(({ from, message, actions }) => {
      const line = view.state.doc.lineAt(Math.min(from, view.state.doc.length));
      const words = document.createElement("p");
      words.textContent = /line \d/u.test(message) ? message : `Line ${line.number}, column ${from - line.from + 1}: ${message}`;
      const buttons = actions.map(({ name, apply }) => {
        const button = document.createElement("button");
        button.type = "button";
        button.className = "gt-button";
        button.textContent = name;
        button.addEventListener("click", () => apply(view));
        return button;
      });
      return [words, ...buttons];
    }),
  );
}
