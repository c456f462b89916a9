// PREFIX lines: where the next one goes, and the change that puts it there.

// Returns the change that declares `name` in `text`, or null if it is declared already.
export function declare(text, name, address) {
  if (new RegExp(`^\\s*PREFIX\\s+${name.replace(/[.-]/g, "\\$&")}:`, "imu").test(text)) return null;
  const lines = [...text.matchAll(/^[ \t]*PREFIX[ \t]+[^\n]*\n?/gimu)];
  const last = lines.at(-1);
  const from = last ? last.index + last[0].length : 0;
  const before = last && !last[0].endsWith("\n") ? "\n" : "";
  const after = last || /^\s*$/u.test(text) ? "" : "\n";
  return { from, insert: `${before}PREFIX ${name}: <${address}>\n${after}` };
}

// Returns the prefix of a prefixed name, or null if it is none.
export function prefixOf(name) {
  return /^([^:<"'?$\s]*):/u.exec(name)?.[1] ?? null;
}
