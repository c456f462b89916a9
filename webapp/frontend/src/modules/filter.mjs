// A filter form that htmx sends as soon as something changes. Empty fields are left out of the address,
// so that what the address bar holds is what was chosen and nothing else.
export class Filter {
  constructor(root) {
    // On the root that stays: the form itself is swapped for a new one with every answer.
    root.addEventListener("htmx:config:request", (event) => Filter.drop(event.detail));
    root.addEventListener("formdata", ({ formData }) => Filter.clean(formData));
  }

  static drop(detail) {
    const body = detail?.ctx?.request?.body;
    if (body instanceof FormData) Filter.clean(body);
  }

  static clean(data) {
    for (const name of new Set(data.keys())) {
      const kept = data.getAll(name).filter((value) => value !== "");
      data.delete(name);
      for (const value of kept) data.append(name, value);
    }
  }
}
