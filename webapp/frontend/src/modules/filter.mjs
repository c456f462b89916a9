// A filter form that htmx sends as soon as something changes. Empty fields are left out of the address, so that it
// holds what was chosen and nothing else. Enter in a text field is a change and a submission: it is asked once.
export class Filter {
  constructor(root) {
    // On the root, which stays: the form itself is swapped for a new one with every answer.
    root.addEventListener("htmx:config:request", (event) => {
      const { sourceElement: form, request } = event.detail.ctx;
      if (!(request.body instanceof FormData)) return;
      Filter.clean(request.body);
      const asked = new URLSearchParams(request.body).toString();
      if (Filter.asked.get(form) === asked) event.preventDefault();
      Filter.asked.set(form, asked);
    });
    // What got no answer may be asked again.
    root.addEventListener("htmx:error", () => (Filter.asked = new WeakMap()));
    root.addEventListener("formdata", ({ formData }) => Filter.clean(formData));
  }

  // Each form's last question; a form that was answered is gone, and takes its entry with it.
  static asked = new WeakMap();

  static clean(data) {
    for (const name of new Set(data.keys())) {
      const kept = data.getAll(name).filter((value) => value !== "");
      data.delete(name);
      for (const value of kept) data.append(name, value);
    }
  }
}
