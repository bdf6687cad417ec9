// Compiles pages as a site's generator does: the folder of its packages and its name ("nextra",
// "fumadocs", "vuepress") are the arguments; JSON on standard input, [{name, text}], and per page
// what it is compiled to, or the error, on standard output.
import {pathToFileURL} from 'node:url';

const [modules, generator] = process.argv.slice(2);
const load = (path) => import(pathToFileURL(`${modules}/node_modules/${path}`));

async function nextra() {
  const {compileMdx} = await load('nextra/dist/server/compile.js');
  return (text, name) =>
    compileMdx(text, {
      codeHighlight: false,
      filePath: name,
      latex: true,
      mdxOptions: {format: 'detect'},
      search: {codeblocks: false},
    });
}

async function fumadocs() {
  const {compile} = await load('@mdx-js/mdx/index.js');
  const plugins = await load('fumadocs-core/dist/mdx-plugins/index.js');
  const remarkPlugins = [
    plugins.remarkGfm,
    plugins.remarkHeading,
    plugins.remarkAdmonition,
    plugins.remarkCodeTab,
    plugins.remarkNpm,
  ];
  return async (text, name) => {
    const value = text.replace(/^---\r?\n[^]*?\n---(?:\r?\n|$)/, '');
    return String(await compile({path: name, value}, {remarkPlugins}));
  };
}

async function vuepress() {
  const {createMarkdown} = await load('@vuepress/markdown/dist/index.js');
  const {parse} = await load('@vue/compiler-dom/dist/compiler-dom.cjs.js');
  const [container, tab, alert] = await Promise.all(
    ['container', 'tab', 'alert'].map((name) => load(`@mdit/plugin-${name}/dist/index.js`)),
  );
  const md = createMarkdown({frontmatter: {}, headers: false, importCode: {handleImportPath: () => ''}});
  for (const name of ['important', 'info', 'note', 'tip', 'warning', 'caution', 'details'])
    md.use(container.container, {
      name,
      openRender: (tokens, index) =>
        `<div class="${name}"><p>${tokens[index].info.trim().slice(name.length).trim()}</p>\n`,
    });
  md.use(tab.tab, {name: 'code-tabs'}).use(tab.tab, {name: 'tabs'}).use(alert.alert);
  return (text) => {
    const html = md.render(text, {base: '/', filePathRelative: 'a.md', frontmatter: {}});
    const errors = [];
    parse(html, {onError: (error) => errors.push(error.message)});
    return `${html}\n${errors.join('\n')}`;
  };
}

const compile = await {fumadocs, nextra, vuepress}[generator]();
console.error = () => {};
let input = '';
for await (const chunk of process.stdin) input += chunk;
const results = [];
for (const {name, text} of JSON.parse(input)) {
  try {
    results.push({name, compiled: await compile(text, name)});
  } catch (error) {
    results.push({name, error: String(error.message)});
  }
}
console.log(JSON.stringify(results));
