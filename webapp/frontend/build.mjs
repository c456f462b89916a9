// Builds the styles and scripts into webapp/static/dist: hashed names, and a manifest that Flask reads.
// Run by `make assets`, after `npm ci`; everything comes from node_modules, nothing from the network.
import { cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import * as sass from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, "node_modules");
const out = join(here, "..", "static", "dist");

const scss = {
  name: "scss",
  setup(build) {
    build.onLoad({ filter: /\.scss$/ }, ({ path }) => ({
      loader: "css",
      resolveDir: dirname(path),
      contents: sass.compile(path, { loadPaths: [modules], quietDeps: true }).css,
    }));
  },
};

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });

const { metafile } = await esbuild.build({
  absWorkingDir: here,
  // A page takes site.css and app.js; the few with parts of their own take those as well.
  entryPoints: ["query", "network"]
    .map((name) => ({ in: `src/${name}.mjs`, out: name }))
    .concat({ in: "src/main.mjs", out: "app" })
    .concat(["site", "home", "query", "network", "reader", "ontology", "search"].map((name) => ({ in: `src/${name}.scss`, out: name }))),
  bundle: true,
  minify: true,
  splitting: true,
  format: "esm",
  target: ["chrome109", "firefox115", "safari16"],
  outdir: out,
  entryNames: "[name]-[hash]",
  chunkNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  loader: { ".woff2": "file" },
  legalComments: "linked",
  metafile: true,
  plugins: [scss],
});

// A font is listed too, by its unhashed name, so that a page can preload it.
const manifest = {};
for (const [file, made] of Object.entries(metafile.outputs)) {
  const built = relative(out, join(here, file));
  if (made.entryPoint) manifest[built.replace(/-[A-Z0-9]{8}(?=\.\w+$)/, "")] = built;
  else if (built.endsWith(".woff2")) manifest[basename(Object.keys(made.inputs)[0])] = built;
}
writeFileSync(join(out, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);

// Every package that a built file holds a part of has its licence beside it. One that leaves it out of its package has
// it beside this file.
const packages = new Set();
for (const made of Object.values(metafile.outputs))
  for (const [file, { bytesInOutput }] of Object.entries(made.inputs)) {
    const found = /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file);
    if (found && bytesInOutput) packages.add(found[1]);
  }
// Style sheets come through sass, which does not say what it took them from.
packages.add("govuk-frontend");
mkdirSync(join(out, "licences"), { recursive: true });
for (const name of [...packages].sort()) {
  const own = readdirSync(join(modules, name)).find((file) => /^licen[cs]e/i.test(file));
  const plain = name.replace(/^@fontsource-variable\//, "").replace(/^@/, "").replace("/", "-");
  cpSync(own ? join(modules, name, own) : join(here, "licences", `${plain}.txt`), join(out, "licences", `${plain}.txt`));
}
