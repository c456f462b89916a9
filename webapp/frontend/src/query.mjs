// The query editor's page: CodeMirror in place of the text area, completion from the store, faults told in place, the
// answer fetched into the page, the queries of this browser remembered. Without this script the form does it all.
import { Answer } from "./query/answer.mjs";
import { createEditor } from "./query/editor.mjs";
import { Past } from "./query/past.mjs";
import { Vocabulary } from "./query/vocabulary.mjs";

const form = document.getElementById("editor");
const text = document.getElementById("query");
const vocabulary = new Vocabulary(form.dataset.vocabulary);

const editor = createEditor({
  text,
  fault: document.getElementById("editor-fault"),
  vocabulary,
  nonce: document.querySelector("script[nonce]").nonce,
  run: () => form.requestSubmit(),
});
const past = new Past(document.getElementById("history"), (query) => editor.replace(query));
const answer = new Answer(document.getElementById("answer"), document.getElementById("editor-status"), {
  arrived: (section, asked) => {
    editor.tell(section.dataset);
    if (asked !== undefined && section.dataset.line === undefined) past.add(asked);
  },
});

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const query = editor.text();
  answer.ask(new URL(`${form.action}?${new URLSearchParams(new FormData(form))}`), query);
});
for (const hint of form.querySelectorAll(".gt-editor__scripted")) hint.hidden = false;
