// Faults of the query, told while it is written: what SPARQL's grammar says, and prefixes that nothing declares.
// The server's word is final; this only says sooner what it would say.
import { Parser } from "sparqljs";
import { declare } from "./prefixes.mjs";

const PLAIN = { EOF: "the end of the query", VAR: "a variable", IRIREF: "an address", PNAME_LN: "a name", PNAME_NS: "a prefix",
  INTEGER: "a number", STRING_LITERAL1: "a string", STRING_LITERAL2: "a string", LANGTAG: "a language" };
const NAMED = /(?:Unknown prefix: (?<prefix>[\w.-]*))|\((?<variable>\?\w+)\)/u;

// Returns the first fault of `text`: from and to (offsets), message, and for an unknown prefix its name. None: null.
export function fault(text) {
  if (!text.trim()) return null;
  try {
    // Grouping errors have no place but the name of a variable, and the server knows better; prefixes are ours alone.
    new Parser({ sparqlStar: true }).parse(text);
    return null;
  } catch (error) {
    return error.hash ? syntax(text, error) : spoken(text, error.message);
  }
}

function syntax(text, { hash, message }) {
  const lines = text.split("\n");
  const row = Math.min(hash.loc?.first_line ?? hash.line + 1, lines.length);
  const start = lines.slice(0, row - 1).reduce((sum, line) => sum + line.length + 1, 0);
  const from = Math.min(start + (hash.loc?.first_column ?? Math.max(0, lines[row - 1].search(/\S/u))), text.length);
  const found = hash.token === "EOF" || hash.token === 1 ? "" : String(hash.text ?? "");
  if (hash.loc && found) {
    // The place is that of the word before; what is amiss is the next one.
    const at = text.indexOf(found, offset(lines, hash.loc));
    const begin = at < 0 ? from : at;
    // A word that the grammar does not know comes letter by letter; it is shown whole.
    const word = /^[\p{L}\p{N}_]+/u.exec(text.slice(begin))?.[0] ?? found;
    return { from: begin, to: begin + word.length, message: `“${word}” was not expected here${wanted(hash)}` };
  }
  if (hash.token === null || /Unrecognized text/u.test(message)) {
    return { from, to: Math.min(text.length, start + lines[row - 1].length), message: "This cannot be read" };
  }
  const end = text.trimEnd().length;
  return { from: Math.max(0, end - 1), to: end, message: `The query ends too soon${wanted(hash)}` };
}

function offset(lines, { last_line: row, last_column: column }) {
  return lines.slice(0, row - 1).reduce((sum, line) => sum + line.length + 1, 0) + column;
}

function wanted({ expected }) {
  const words = [...new Set((expected ?? []).map((one) => one.replace(/^'|'$/gu, "")).map((one) => PLAIN[one] ?? one))];
  return words.length && words.length <= 4 ? `: ${words.join(" or ")} would be` : "";
}

function spoken(text, message) {
  const groups = NAMED.exec(message)?.groups ?? {};
  const sought = groups.prefix === undefined ? groups.variable : `${groups.prefix}:`;
  const at = sought ? find(text, sought) : -1;
  const told = groups.prefix === undefined ? message : `The prefix “${groups.prefix}:” is not declared`;
  return { from: Math.max(0, at), to: Math.max(0, at) + (at < 0 ? 0 : sought.length), message: told, prefix: groups.prefix };
}

// The first place of `sought` that stands by itself, outside comments, strings and addresses.
function find(text, sought) {
  const blank = text.replace(/#[^\n]*|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|<[^<>\s]*>/gu, (found) => " ".repeat(found.length));
  const escaped = sought.replace(/[.?$-]/gu, "\\$&");
  return new RegExp(`(?<![\\p{L}\\p{N}_:.-])${escaped}`, "u").exec(blank)?.index ?? -1;
}

// Returns the diagnostics that CodeMirror shows for a fault, with the remedy where there is one.
export function diagnostics(found, vocabulary) {
  if (!found) return [];
  const address = found.prefix === undefined ? undefined : vocabulary.prefix(found.prefix);
  const remedy = {
    name: `Add PREFIX ${found.prefix}:`,
    apply: (view) => {
      const line = declare(view.state.doc.toString(), found.prefix, address);
      if (line) view.dispatch({ changes: line });
      view.focus();
    },
  };
  return [{ from: found.from, to: found.to, severity: "error", message: found.message, actions: address ? [remedy] : [] }];
}
