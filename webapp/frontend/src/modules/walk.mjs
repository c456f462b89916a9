// From mention to mention in a report: by the buttons, and by the keys n and p while no field has the focus. The keys can
// be turned off (WCAG 2.1.4), which the browser remembers. Marks of a kind that rests are passed over.
const OFF = "walk-keys-off";

export class Walk {
  constructor(root) {
    this.root = root;
    this.status = root.querySelector(".gt-walk__at");
    this.keys = root.querySelector("#walk-keys");
    this.keys.checked = localStorage.getItem(OFF) === null;
    this.keys.addEventListener("change", () => {
      if (this.keys.checked) localStorage.removeItem(OFF);
      else localStorage.setItem(OFF, "");
    });
    for (const button of root.querySelectorAll("[data-walk-by]"))
      button.addEventListener("click", () => this.step(Number(button.dataset.walkBy)));
    document.addEventListener("keydown", (event) => this.pressed(event));
    root.querySelector("[data-walk]").hidden = false;
  }

  pressed(event) {
    const by = { n: 1, p: -1 }[event.key];
    const typing = event.target.closest("input:not([type=checkbox]), select, textarea, [contenteditable]");
    if (!by || !this.keys.checked || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    this.step(by);
  }

  // The outermost marks that are shown, in the order of the text.
  shown() {
    const resting = [...this.root.querySelectorAll("[name=show]:not(:checked)")].map((box) => box.value);
    const skipped = resting.map((kind) => `:not(.gt-mark--${kind})`).join("");
    return [...this.root.querySelectorAll(`.gt-line .gt-mark${skipped}`)].filter(
      (mark) => !mark.parentElement.closest(`.gt-mark${skipped}`),
    );
  }

  // Where nothing was walked to yet, or it rests now, the way begins at what stands in the window.
  step(by) {
    const marks = this.shown();
    if (!marks.length) return;
    const now = marks.indexOf(this.root.querySelector(".gt-mark--here"));
    const below = marks.findIndex((mark) => mark.getBoundingClientRect().top >= this.top());
    const first = by > 0 ? (below < 0 ? 0 : below) : (below < 0 ? marks.length : below) - 1;
    const next = (now < 0 ? first : now + by + marks.length) % marks.length;
    this.go(marks.at(next));
    this.status.textContent = `${(next < 0 ? marks.length + next : next) + 1} of ${marks.length}`;
  }

  go(mark) {
    this.root.querySelector(".gt-mark--here")?.classList.remove("gt-mark--here");
    mark.classList.add("gt-mark--here");
    mark.tabIndex = -1;
    mark.focus({ preventScroll: true });
    mark.scrollIntoView({ block: "center" });
  }

  // Below the legend, which stays at the top of the window.
  top() {
    return Math.max(0, this.root.querySelector(".gt-legend").getBoundingClientRect().bottom);
  }
}
