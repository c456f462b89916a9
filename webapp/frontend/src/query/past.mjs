// The queries that were run in this browser: kept there and nowhere else, the latest first.
const KEY = "golden-thread-queries";
const MOST = 30;
const LONGEST = 70;

export class Past {
  // `root` holds the list and the button that clears it; `open` is called with the query that is chosen.
  constructor(root, open) {
    Object.assign(this, { root, open });
    root.querySelector("#history-clear").addEventListener("click", () => {
      this.#keep([]);
      document.querySelector(".cm-content")?.focus();
    });
    this.#show();
  }

  add(query) {
    if (query.trim()) this.#keep([query, ...this.#kept().filter((one) => one !== query)].slice(0, MOST));
  }

  #kept() {
    try {
      const kept = JSON.parse(window.localStorage.getItem(KEY) ?? "[]");
      return Array.isArray(kept) ? kept.filter((one) => typeof one === "string") : [];
    } catch {
      // Storage is switched off, or holds what another page put there.
      return [];
    }
  }

  #keep(queries) {
    try {
      if (queries.length) window.localStorage.setItem(KEY, JSON.stringify(queries));
      else window.localStorage.removeItem(KEY);
    } catch {
      // Storage is switched off or full: the query was run all the same.
      return;
    }
    this.#show();
  }

  #show() {
    const queries = this.#kept();
    this.root.hidden = queries.length === 0;
    this.root.querySelector("ul").replaceChildren(
      ...queries.map((query) => {
        const item = document.createElement("li");
        const button = document.createElement("button");
        button.type = "button";
        button.className = "gt-link";
        button.textContent = title(query);
        button.addEventListener("click", () => this.open(query));
        item.append(button);
        return item;
      }),
    );
  }
}

// What a query is called: its first comment, else its first line that is no PREFIX.
function title(query) {
  const lines = query.split("\n").map((line) => line.trim()).filter(Boolean);
  const comment = lines.find((line) => line.startsWith("#"))?.replace(/^#+\s*/u, "");
  const words = comment || lines.find((line) => !/^(?:PREFIX|BASE)\b/iu.test(line)) || lines[0];
  return words.length > LONGEST ? `${words.slice(0, LONGEST - 1)}…` : words;
}
