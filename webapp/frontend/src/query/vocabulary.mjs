// What the store holds, asked once: prefixes, classes, properties, named graphs, and things by name.
// Its form is what /sparql/vocabulary.json says (webapp/presenters/vocabulary.py).
export class Vocabulary {
  constructor(address) {
    this.address = address;
  }

  // Asks at first need. Without an answer nothing is completed from the store; the next need asks again.
  load() {
    this.asked ??= fetch(this.address, { headers: { Accept: "application/json" } })
      .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(`status ${answer.status}`))))
      .then((told) => Object.assign(this, told, { names: new Map(told.prefixes) }))
      .catch(() => {
        this.asked = undefined;
      });
    return this.asked;
  }

  get loaded() {
    return this.names !== undefined;
  }

  // The address of a prefix that the store knows.
  prefix(name) {
    return this.names?.get(name);
  }

  // How often each class is used, and each property on things of `classes` (none: of any), in `graph` (null: in all).
  // Both are maps from the number of a term to a count.
  uses(graph, classes) {
    const graphs = this.graphs.filter((one) => graph === null || one.iri === graph);
    const wanted = new Set(classes.map((iri) => this.classes.findIndex((one) => one.iri === iri)));
    const things = new Map();
    const properties = new Map();
    for (const { uses } of graphs)
      for (const [type, property, n] of uses) {
        if (property < 0) things.set(type, (things.get(type) ?? 0) + n);
        else if (!wanted.size || wanted.has(type)) properties.set(property, (properties.get(property) ?? 0) + n);
      }
    return { things, properties };
  }
}
