// The answer: fetched into the page, so that the editor stays as it is. The address is that of the same page without
// scripts, so it can be kept, and Back leads to the query before.
export class Answer {
  constructor(root, status, { arrived }) {
    Object.assign(this, { root, status, arrived });
    root.addEventListener("click", (event) => {
      const link = event.target.closest("a[data-answer]");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
      event.preventDefault();
      this.ask(new URL(link.href), undefined, link.id);
    });
    root.addEventListener("toggle", (event) => this.#share(event.target), true);
    // The editor is filled by the server, so an earlier query comes with its page.
    window.addEventListener("popstate", () => window.location.reload());
  }

  // Fetches the answer at `url`. `asked` is the query if it was just sent; `focused` is the id of what had the focus.
  async ask(url, asked, focused) {
    this.running?.abort();
    const running = (this.running = new AbortController());
    this.status.textContent = "Running …";
    this.root.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(url, { headers: { "HX-Request": "true", Accept: "text/html" }, signal: running.signal });
      const html = await answer.text();
      const made = new DOMParser().parseFromString(html, "text/html");
      const section = made.querySelector("[data-status]");
      if (!section) throw new Error(made.querySelector("main p")?.textContent ?? `status ${answer.status}`);
      this.root.replaceChildren(...made.body.childNodes);
      this.status.textContent = section.dataset.status;
      if (url.href !== window.location.href) window.history.pushState(null, "", url);
      if (focused) document.getElementById(focused)?.focus();
      this.arrived(section, asked);
    } catch (error) {
      if (error.name === "AbortError") return;
      this.status.textContent = `No answer: ${error.message}`;
    } finally {
      if (this.running === running) this.root.removeAttribute("aria-busy");
    }
  }

  // Copies the short link when it is opened; where that is not allowed it is selected, to be copied by hand.
  async #share(details) {
    if (!details.matches(".gt-share") || !details.open) return;
    const field = details.querySelector("input");
    if (!field) return;
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      details.querySelector("[role=status]").textContent = "Copied";
    } catch {
      details.querySelector("[role=status]").textContent = "Copy it with Ctrl+C";
    }
  }
}
