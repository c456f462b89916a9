// What may come next: from the store's own vocabulary with counts, what fits the place first.
import { insertCompletionText, pickedCompletion } from "@codemirror/autocomplete";
import { expand, read } from "./context.mjs";
import { declare, prefixOf } from "./prefixes.mjs";

const WORD = /[?$]?[\p{L}\p{N}_:.\\/-]*$/u;
const AT_TOP = ["PREFIX", "SELECT", "SELECT DISTINCT", "CONSTRUCT", "DESCRIBE", "ASK", "WHERE", "FROM", "FROM NAMED",
  "GROUP BY", "HAVING", "ORDER BY", "LIMIT", "OFFSET", "VALUES"];
const IN_GROUP = ["OPTIONAL", "FILTER", "FILTER NOT EXISTS", "BIND", "VALUES", "UNION", "MINUS", "GRAPH", "SELECT"];
const FUNCTIONS = ["COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT", "BOUND", "IF", "COALESCE", "EXISTS",
  "NOT EXISTS", "IN", "STR", "LANG", "DATATYPE", "STRLEN", "SUBSTR", "UCASE", "LCASE", "STRSTARTS", "STRENDS", "CONTAINS",
  "STRBEFORE", "STRAFTER", "CONCAT", "REPLACE", "REGEX", "ABS", "ROUND", "CEIL", "FLOOR", "YEAR", "MONTH", "DAY", "ISIRI",
  "ISLITERAL", "ISNUMERIC", "AS", "DISTINCT", "ASC", "DESC", "WHERE", "LIMIT"];

const keywords = (words) => words.map((label) => ({ label, type: "keyword", boost: -50 }));
const counted = (n, one) => `${n.toLocaleString("en-GB")} ${n === 1 ? one : `${one}s`}`;

// Returns a source of completions from `vocabulary`.
export function completions(vocabulary) {
  return async (context) => {
    const text = context.state.doc.toString();
    const word = context.matchBefore(WORD) ?? { from: context.pos, text: "" };
    const node = read(text.slice(0, word.from));
    if (inside(text.slice(0, word.from))) return null;
    const opens = opensByItself(node, text.slice(0, word.from));
    if (!context.explicit && !word.text && !opens) return null;
    await vocabulary.load();
    const whole = read(text);
    const options = vocabulary.loaded ? offered(vocabulary, node, whole, word.text) : [];
    return { from: word.from, options: [...options, ...words(node, whole, word.text)], validFor: /^[?$]?[\p{L}\p{N}_:.\\/-]*$/u };
  };
}

// In a comment, a string or an address nothing is completed.
function inside(before) {
  const line = before.slice(before.lastIndexOf("\n") + 1).replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|<[^<>\s]*>/gu, "");
  return /["'#]/u.test(line) || /<[^<>\s]*$/u.test(line);
}

// After `a ` and `GRAPH ` there is little that can come, so it is shown before the first letter.
function opensByItself(node, before) {
  if (!/\s$/u.test(before)) return false;
  return node.place === "graph" || (node.place === "object" && node.predicate === "a");
}

function offered(vocabulary, node, whole, typed) {
  const prefixes = new Map([...vocabulary.names, ...whole.prefixes]);
  const graph = node.graph && !/^[?$]/u.test(node.graph) ? expand(node.graph, prefixes) : null;
  const isType = node.predicate === "a" || node.predicate === "rdf:type";
  if (node.place === "prefix") return prefixLines(vocabulary);
  if (node.place === "graph") {
    return vocabulary.graphs.map((one) => term(vocabulary, one, counted(one.n, "triple"), one.n, "namespace"));
  }
  if (node.place === "object" && isType) {
    const { things } = vocabulary.uses(graph, []);
    return vocabulary.classes
      .map((one, i) => [one, things.get(i) ?? 0])
      .filter(([, n]) => n)
      .map(([one, n]) => term(vocabulary, one, counted(n, "thing"), n, "class"));
  }
  if (node.place === "predicate") {
    const classes = (whole.classes.get(expand(node.subject, whole.prefixes)) ?? []).map((one) => expand(one, prefixes));
    const here = vocabulary.uses(graph, classes).properties;
    const anywhere = vocabulary.uses(null, []).properties;
    const known = classes.length > 0;
    return vocabulary.properties.map((one, i) => {
      const n = here.get(i) ?? 0;
      return n
        ? { ...term(vocabulary, one, counted(n, "use"), n, "property"), section: known ? ON_IT : undefined }
        : { ...term(vocabulary, one, `${counted(anywhere.get(i) ?? 0, "use")} elsewhere`, 0, "property"), section: ELSEWHERE };
    });
  }
  if (["subject", "object", "value", "expression"].includes(node.place) && /^[^?$]./u.test(typed)) {
    return [...vocabulary.things, ...vocabulary.classes].map((one) => named(vocabulary, one));
  }
  return [];
}

const ON_IT = { name: "Used on it", rank: 1 };
const ANY = { name: "Of anything", rank: 2 };
const ELSEWHERE = { name: "Used elsewhere", rank: 3 };

// A term by its short name; the more it is used the higher it stands.
function term(vocabulary, one, detail, n, type) {
  const info = one.label ? one.label : undefined;
  return { label: one.name, detail, info, type, boost: Math.min(40, Math.round(Math.log2(n + 1) * 2)), apply: apply(vocabulary, one.name) };
}

// A thing by what people call it; what goes into the query is its short name.
function named(vocabulary, one) {
  return { label: `${one.label || one.name} ${one.name}`, displayLabel: one.label || one.name, detail: one.name, type: "constant",
    boost: -10, apply: apply(vocabulary, one.name) };
}

function prefixLines(vocabulary) {
  return [...vocabulary.names].map(([name, address]) => ({
    label: `${name}:`,
    detail: address,
    type: "namespace",
    apply: `${name}: <${address}>\n`,
  }));
}

// Writes the name, and the PREFIX line that it needs if there is none.
function apply(vocabulary, name) {
  return (view, completion, from, to) => {
    const prefix = prefixOf(name);
    const address = prefix === null ? undefined : vocabulary.prefix(prefix);
    const line = address && declare(view.state.doc.toString(), prefix, address);
    const chosen = insertCompletionText(view.state, name, from, to);
    view.dispatch(
      line ? { ...chosen, changes: [line, chosen.changes], selection: { anchor: from + line.insert.length + name.length } } : chosen,
      { annotations: pickedCompletion.of(completion) },
    );
  };
}

function words(node, whole, typed) {
  const variables = [...whole.variables]
    .filter((name) => `?${name}` !== typed && `$${name}` !== typed)
    .map((name) => ({ label: `?${name}`, type: "variable", boost: node.place === "predicate" ? -20 : 45 }));
  if (/^[?$]/u.test(typed)) return variables;
  if (node.place === "top") return keywords(AT_TOP);
  if (node.place === "subject") return [...variables, ...keywords(IN_GROUP)];
  if (node.place === "expression") return [...variables, ...keywords([...FUNCTIONS, ...(node.kind === "top" ? AT_TOP : [])])];
  if (node.place === "predicate") {
    const section = whole.classes.has(expand(node.subject, whole.prefixes)) ? ANY : undefined;
    const type = { label: "a", detail: "is of the class", type: "keyword", boost: 42 };
    return [type, ...variables].map((option) => ({ ...option, section }));
  }
  if (node.place === "end") return keywords(IN_GROUP);
  return node.place === "prefix" ? [] : variables;
}
