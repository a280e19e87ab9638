// Bundles the playground into dist/: scripts, styles and workers with a digest in their names, each gzipped, and the
// licences of everything in them.
import { build } from 'esbuild';
import { gzipSync } from 'node:zlib';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

const OUT = 'dist';
const WORKERS = {
  editor: 'monaco-editor/esm/vs/editor/editor.worker.js',
  json: 'monaco-editor/esm/vs/language/json/json.worker.js',
  graphql: 'monaco-graphql/esm/graphql.worker.js',
};

// GraphiQL carries Roboto and Fira Code; src/styles.css says what stands in for them.
const withoutFonts = {
  name: 'without-fonts',
  setup(build) {
    build.onLoad({ filter: /@graphiql.*\.css$/ }, async ({ path }) => {
      const css = await readFile(path, 'utf8');
      return { contents: css.replace(/@font-face\s*\{[^}]*font-family:\s*["']?(Roboto|Fira Code)[^}]*\}/g, ''), loader: 'css' };
    });
  },
};

const common = {
  bundle: true,
  minify: true,
  metafile: true,
  outdir: OUT,
  target: 'es2022',
  legalComments: 'none', // LICENSES.txt has them whole
  define: { 'process.env.NODE_ENV': '"production"' },
  loader: { '.ttf': 'file' },
  logLevel: 'warning',
};

await rm(OUT, { recursive: true, force: true });

const workers = await build({
  ...common,
  format: 'iife',
  entryPoints: Object.entries(WORKERS).map(([out, name]) => ({ in: name, out: `${out}.worker` })),
  entryNames: '[name]-[hash]',
});
const workerFiles = Object.fromEntries(
  Object.keys(WORKERS).map((label) => {
    const file = Object.keys(workers.metafile.outputs).find((file) => path.basename(file).startsWith(`${label}.worker-`));
    return [label, `./${path.basename(file)}`];
  }),
);

const page = await build({
  ...common,
  format: 'esm',
  splitting: true,
  jsx: 'automatic',
  entryPoints: [
    { in: 'src/main.jsx', out: 'main' },
    { in: 'src/errors.js', out: 'errors' },
  ],
  entryNames: '[name]-[hash]',
  chunkNames: 'chunk-[hash]',
  assetNames: '[name]-[hash]',
  define: { ...common.define, WORKERS: JSON.stringify(workerFiles) },
  plugins: [withoutFonts],
  // By its old names, prettier hands out files whose exports a bundler cannot see.
  alias: { 'prettier/parser-graphql': 'prettier/plugins/graphql', 'prettier/parser-babel': 'prettier/plugins/babel' },
});

const built = Object.keys(page.metafile.outputs).map((file) => path.basename(file));
// Each page with its script and the styles that belong to it.
for (const [html, entry] of [['index.html', 'main'], ['errors.html', 'errors']]) {
  const script = built.find((file) => file.startsWith(`${entry}-`) && file.endsWith('.js'));
  const styles = built.filter((file) => file.startsWith(`${entry}-`) && file.endsWith('.css'));
  const text = (await readFile(`src/${html}`, 'utf8'))
    .replace('<!-- STYLES -->', styles.map((file) => `<link rel="stylesheet" href="playground/${file}" />`).join('\n    '))
    .replace('<!-- SCRIPTS -->', `<script type="module" src="playground/${script}"></script>`);
  await writeFile(path.join(OUT, html), text);
}

// Every package that has a file in what was built, with its licence in full.
const inputs = [page, workers].flatMap(({ metafile }) => Object.values(metafile.outputs).flatMap((out) => Object.entries(out.inputs)));
const folders = new Set(
  inputs
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .map(([file]) => /^.*node_modules\/(@[^/]+\/)?[^/]+/.exec(file)?.[0])
    .filter(Boolean),
);
const notices = [];
for (const folder of [...folders].sort()) {
  const { name, version, license } = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8'));
  const file = (await readdir(folder)).find((file) => /^licen[cs]e/i.test(file));
  const text = file ? (await readFile(path.join(folder, file), 'utf8')).trim() : `No licence file in the package; by its package.json: ${license}`;
  const others = (await readdir(folder)).find((file) => /^third-?party/i.test(file));
  const more = others ? `\n\n${(await readFile(path.join(folder, others), 'utf8')).trim()}` : '';
  notices.push(`${name} ${version} (${license})\n\n${text}${more}`);
}
await writeFile(path.join(OUT, 'LICENSES.txt'), `What the playground is made of.\n\n${notices.join(`\n\n${'-'.repeat(100)}\n\n`)}\n`);

let total = 0;
await mkdir(OUT, { recursive: true });
for (const file of (await readdir(OUT)).sort()) {
  const packed = gzipSync(await readFile(path.join(OUT, file)), { level: 9 });
  await writeFile(path.join(OUT, `${file}.gz`), packed);
  await rm(path.join(OUT, file));
  total += packed.length;
}
console.log(`${(total / 1e6).toFixed(2)} MB in ${OUT}, gzipped, of ${folders.size} packages`);
