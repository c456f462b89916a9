// Builds the styles and scripts into webapp/static/dist: hashed names, and a manifest that Flask reads.
// Run by `make assets`, after `npm ci`; everything comes from node_modules, nothing from the network.
import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
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
  entryPoints: { app: "src/main.mjs", site: "src/site.scss" },
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

// govuk-frontend's package leaves its licence out, so that one stands beside this file.
const licences = {
  "govuk-frontend": join(here, "licences", "govuk-frontend.txt"),
  "htmx.org": join(modules, "htmx.org", "LICENSE"),
  "source-sans-3": join(modules, "@fontsource-variable", "source-sans-3", "LICENSE"),
  "source-code-pro": join(modules, "@fontsource-variable", "source-code-pro", "LICENSE"),
};
mkdirSync(join(out, "licences"), { recursive: true });
for (const [name, file] of Object.entries(licences)) cpSync(file, join(out, "licences", `${name}.txt`));
