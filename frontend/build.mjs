// Builds ui/static/ui/dist from the sources in this folder: `npm ci && npm run build`.
// BUILD.json keeps the hash of each source, so that a test in plain Python can tell a stale build.
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { compile } from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, "..", "ui", "static", "ui", "dist");
const packages = join(here, "node_modules");

const sources = [
  "build.mjs",
  "package.json",
  "package-lock.json",
  ...["images", "js", "licences", "scss"].flatMap((folder) =>
    readdirSync(join(here, folder)).map((name) => `${folder}/${name}`),
  ),
].sort();

rmSync(dist, { recursive: true, force: true });
mkdirSync(join(dist, "fonts"), { recursive: true });

const { css } = compile(join(here, "scss", "app.scss"), {
  loadPaths: [packages],
  style: "compressed",
  quietDeps: true,
});
writeFileSync(join(dist, "app.css"), `${css}\n`);

copyFileSync(join(here, "js", "app.js"), join(dist, "app.js"));
copyFileSync(join(here, "images", "icon.svg"), join(dist, "icon.svg"));
copyFileSync(
  join(packages, "@fontsource-variable", "inter", "files", "inter-latin-wght-normal.woff2"),
  join(dist, "fonts", "inter.woff2"),
);

const licences = [
  ["GOV.UK Frontend (style sheet)", join(here, "licences", "govuk-frontend.txt")],
  ["Inter (font)", join(packages, "@fontsource-variable", "inter", "LICENSE")],
];
writeFileSync(
  join(dist, "LICENSES.txt"),
  licences.map(([what, file]) => `${what}\n\n${readFileSync(file, "utf8").trim()}\n`).join("\n\n"),
);

const hash = (file) => createHash("sha256").update(readFileSync(file)).digest("hex");
writeFileSync(
  join(dist, "BUILD.json"),
  `${JSON.stringify({ sources: Object.fromEntries(sources.map((name) => [name, hash(join(here, name))])) }, null, 2)}\n`,
);
