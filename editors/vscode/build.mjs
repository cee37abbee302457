// Bundles the extension, and what is tested without an editor; takes along the licences of all that is in the bundle.
import { build } from "esbuild";
import { copyFileSync, readFileSync, readdirSync, writeFileSync } from "node:fs";

const { metafile } = await build({
  entryPoints: { extension: "src/extension.ts", program: "src/program.ts", template: "src/template.ts" },
  outdir: "dist",
  bundle: true,
  platform: "node",
  format: "cjs",
  target: "node20",
  external: ["vscode"],
  minify: true,
  metafile: true,
});

copyFileSync("../../LICENSE", "LICENSE");
const packages = Object.keys(metafile.inputs).map((name) => name.match(/.*node_modules\/(@[^/]+\/)?[^/]+/)?.[0]);
const notices = [...new Set(packages.filter(Boolean))].sort().map((folder) => {
  const { name, version } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
  const licence = readdirSync(folder).find((file) => /^licen[cs]e/i.test(file));
  if (!licence) {
    throw new Error(`${name} has no licence file`);
  }
  return `${name} ${version}\n\n${readFileSync(`${folder}/${licence}`, "utf8").trim()}\n`;
});
writeFileSync("dist/NOTICES.txt", notices.join(`\n${"-".repeat(80)}\n\n`));
