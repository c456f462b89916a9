// Where in a query the cursor stands. Half a query rarely parses, so this walks over its words from the beginning and
// keeps count of what has been opened: groups, lists, nodes, expressions.
const LOCAL = String.raw`(?:[\p{L}\p{N}_:-]|\\.|%[0-9A-Fa-f]{2}|\.(?=[\p{L}\p{N}_:\\-]))*`;
const TOKEN = new RegExp(
  [
    String.raw`#[^\n]*`,
    String.raw`"""(?:[^"\\]|\\[^]|"(?!""))*(?:"""|$)|'''(?:[^'\\]|\\[^]|'(?!''))*(?:'''|$)`,
    String.raw`"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?`,
    String.raw`<[^<>"{}|^${"`"}\\\s]*>`,
    String.raw`[?$][\p{L}\p{N}_]+`,
    String.raw`@[A-Za-z][\w-]*|\^\^`,
    String.raw`(?:[\p{L}][\p{L}\p{N}_.-]*|_)?:${LOCAL}`,
    String.raw`[\p{L}_][\p{L}\p{N}_]*`,
    String.raw`\d+(?:\.\d+)?(?:[eE][+-]?\d+)?`,
    String.raw`[^\s]`,
  ].join("|"),
  "gu",
);
const TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
const FORMS = new Set(["SELECT", "CONSTRUCT", "DESCRIBE", "ASK"]);
const EXPECTING = { FILTER: "expression", BIND: "expression", VALUES: "values", GRAPH: "graph", FROM: "graph", NAMED: "graph" };
const WITHIN_GROUPS = new Set(["OPTIONAL", "UNION", "MINUS", "SERVICE", "WHERE"]);
const MODIFIERS = new Set(["GROUP", "ORDER", "HAVING", "BY", "ASC", "DESC"]);

// Walks over `text` and returns the place at its end ("top", "subject", "predicate", "object", "end", "graph",
// "prefix", "expression", "value"), what has been opened there, and what the words so far say: the classes that terms
// were said to be of, the variables, and the prefixes with their addresses.
export function read(text) {
  const found = { classes: new Map(), variables: new Set(), prefixes: new Map() };
  const frames = [{ kind: "top", place: "top", graph: null }];
  let graph = null;
  let fresh = 0;
  let prefix = null;
  const isType = (term) => term === "a" || expand(term, found.prefixes) === TYPE;

  const take = (term) => {
    const frame = frames.at(-1);
    if (frame.place === "subject") Object.assign(frame, { subject: term, place: "predicate" });
    else if (frame.place === "predicate" && frame.kind !== "path") Object.assign(frame, { predicate: term, place: "object" });
    else if (frame.place === "object" && frame.kind !== "collection") {
      if (isType(frame.predicate)) {
        const subject = expand(frame.subject, found.prefixes);
        found.classes.set(subject, [...(found.classes.get(subject) ?? []), expand(term, found.prefixes)]);
      }
      frame.place = "end";
    } else if (frame.place === "graph") {
      graph = frame.kind === "group" ? term : null;
      frame.place = frame.kind === "group" ? "subject" : "top";
    }
  };
  const open = (frame) => frames.push({ graph: frames.at(-1).graph, ...frame });
  const close = () => (frames.length > 1 ? frames.pop() : frames[0]);

  for (const [word] of text.matchAll(TOKEN)) {
    const frame = frames.at(-1);
    const upper = word.toUpperCase();
    if (word.startsWith("#")) continue;
    if (frame.place === "prefix") {
      if (word.endsWith(":")) prefix = word.slice(0, -1);
      else if (word.startsWith("<") && prefix !== null) {
        found.prefixes.set(prefix, word.slice(1, -1));
        frame.place = "top";
      }
    } else if (/^[?$]./u.test(word)) {
      found.variables.add(word.slice(1));
      take(word);
    } else if (upper === "PREFIX") Object.assign(frame, { place: "prefix" });
    else if (FORMS.has(upper)) frame.place = "expression";
    else if (word === "a" && frame.place === "predicate") take(word);
    else if (upper in EXPECTING) frame.place = EXPECTING[upper];
    else if (WITHIN_GROUPS.has(upper)) frame.place = frame.kind === "top" ? "top" : "subject";
    else if (MODIFIERS.has(upper) && frame.kind === "top") frame.place = "expression";
    else if (word === "{") {
      const values = frame.place === "values";
      if (frame.kind === "top") frame.place = "top";
      open(values ? { kind: "values", place: "value" } : { kind: "group", place: "subject", graph: graph ?? frame.graph });
      graph = null;
    } else if (word === "}") {
      while (frames.length > 1 && !["group", "values"].includes(frames.at(-1).kind)) frames.pop();
      close();
      frames.at(-1).place = frames.at(-1).kind === "top" ? "top" : "subject";
    } else if (word === "[") open({ kind: "node", place: "predicate", subject: `[${++fresh}]` });
    else if (word === "]") take(close().subject);
    else if (word === "(") {
      if (frame.place === "predicate") open({ kind: "path", place: "predicate" });
      else if (["subject", "object"].includes(frame.place)) open({ kind: "collection", place: "object" });
      else open({ kind: "list", place: "expression" });
    } else if (word === ")") {
      const closed = close();
      if (["path", "collection"].includes(closed.kind)) take(word);
      else if (frames.at(-1).kind === "group") frames.at(-1).place = "subject";
    } else if (["group", "node"].includes(frame.kind) && frame.place !== "expression") {
      if (word === ".") frame.place = "subject";
      else if (word === ";") frame.place = "predicate";
      else if (word === ",") frame.place = "object";
      else if ("/|".includes(word) && frame.place === "object") frame.place = "predicate";
      else if (isTerm(word)) take(word);
    } else if (isTerm(word)) take(word);
  }
  return { ...found, ...frames.at(-1) };
}

function isTerm(word) {
  return /^(?:["'<\d]|[^\s]*:|true$|false$)/iu.test(word) && word !== "<";
}

// Returns a prefixed name written out by `prefixes`, any other term as it is written, addresses without brackets.
export function expand(term, prefixes) {
  const [, prefix, local] = /^([^:<"'?$]*):(.*)$/u.exec(term ?? "") ?? [];
  if (local !== undefined && prefixes.has(prefix)) return prefixes.get(prefix) + local.replace(/\\(.)/gu, "$1");
  return (term ?? "").replace(/^<(.*)>$/u, "$1");
}
