// Compiles pages as Docusaurus does, or as MDX alone with directives where "mdx" is the second
// argument: JSON on standard input, [{name, text}], and per page the kinds of its blocks and
// elements, its texts, or the error, on standard output. Pages named `….md` are Markdown to MDX.
import {createRequire} from 'node:module';
import {pathToFileURL} from 'node:url';

const require = createRequire(process.argv[2] + '/x.js');
const load = async (name) => {
  const loaded = await import(pathToFileURL(require.resolve(name)));
  return loaded.default ?? loaded;
};
const {createProcessor} = await import(
  pathToFileURL(process.argv[2] + '/node_modules/@mdx-js/mdx/index.js')
);
const plugin = (name) => import(pathToFileURL(`${process.argv[2]}/node_modules/${name}/index.js`));
const [gfm, math, directive, frontmatter] = await Promise.all(
  ['remark-gfm', 'remark-math', 'remark-directive', 'remark-frontmatter'].map(plugin),
);
const comment = await load('remark-comment');
const docusaurus = await load('@docusaurus/utils');
const plugins = [frontmatter, directive, gfm, math].map((one) => one.default);
const plainly = process.argv[3] === 'mdx';
const remarkPlugins = plainly ? plugins : [...plugins, [comment, {ast: true}]];
const compilers = {
  mdx: createProcessor({remarkPlugins}),
  md: createProcessor({remarkPlugins, format: 'md', remarkRehypeOptions: {passThrough: ['html']}}),
};

function preprocessed(text) {
  const source = docusaurus.escapeMarkdownHeadingIds(docusaurus.unwrapMdxCodeBlocks(text));
  const names = ['note', 'tip', 'info', 'warning', 'danger'];
  return docusaurus.admonitionTitleToDirectiveLabel(source, names);
}

const inText = new Set(['text', 'emphasis', 'strong', 'delete', 'inlineCode', 'break']);

// What of a script is no string: its kinds of nodes and its names.
function script(node) {
  if (!node || typeof node !== 'object') return '';
  const inside = Object.values(node).map(script).join('');
  return node.type ? `${node.type} ${node.name ?? ''}(${inside})` : inside;
}

const texted = new Set(['paragraph', 'heading', 'tableCell', 'link', ...inText]);
const spoken = /(\s(?:alt|aria-label|placeholder|title)=)(?:"[^"]*"|'[^']*')/g;

const running = /^<\/?(?:a|b|bdi|br|code|del|em|i|img|kbd|mark|s|small|span|strong|sub|sup|u)(?![\w-])/;

// HTML in plain Markdown, without its texts: its blocks, and each tag that may stand in a text.
function html(node, inside, found) {
  const tags = node.value.replace(spoken, '$1').match(/<!--|<\/?[A-Za-z!?][^<>]*>?/g) ?? [];
  const blocks = tags.filter((tag) => !running.test(tag)).join('');
  if (blocks || !texted.has(inside)) found.push(['html', '', 0, '', blocks, '']);
  for (const tag of tags) if (running.test(tag)) found.push(['htmlText', '', 0, '', tag, '']);
}

function kinds(node, found, inside = '') {
  if (node.type === 'html') html(node, inside, found);
  else if (!inText.has(node.type)) {
    const attributes =
      (node.attributes || []).map?.((one) => `${one.name} ${script(one.value?.data?.estree)}`) ?? [];
    const value = /Expression|Esm|code|math/i.test(node.type) ? node.value : '';
    found.push([node.type, node.name ?? '', node.depth ?? 0, attributes.join(), value, node.url ?? '']);
  }
  (node.children || []).forEach((child) => kinds(child, found, node.type));
  return found;
}

const blocks = new Set(['paragraph', 'heading', 'tableCell']);

// What readers see of a page, by block.
function texts(node, found, block) {
  if (blocks.has(node.type)) found.push((block = {text: ''}));
  if (node.type === 'text' || node.type === 'image') block.text += node.value ?? node.alt ?? '';
  (node.children || []).forEach((child) => texts(child, found, block));
  return found;
}

let input = '';
for await (const chunk of process.stdin) input += chunk;
const results = [];
for (const {name, text} of JSON.parse(input)) {
  try {
    const processor = compilers[plainly && /\.md\b/.test(name) ? 'md' : 'mdx'];
    const source = plainly ? text : preprocessed(text);
    await processor.process(source);
    const tree = processor.parse(source);
    results.push({
      name,
      kinds: kinds(tree, []),
      texts: texts(tree, [], {text: ''}).map((block) => block.text),
    });
  } catch (error) {
    results.push({name, error: String(error.message)});
  }
}
console.log(JSON.stringify(results));
