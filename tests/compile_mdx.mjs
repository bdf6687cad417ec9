// Compiles pages as Docusaurus does: JSON on standard input, [{name, text}], and per page the kinds
// of its blocks and elements, or the error, on standard output.
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
const processor = createProcessor({remarkPlugins: [...plugins, [comment, {ast: true}]]});

const inText = new Set(['text', 'emphasis', 'strong', 'delete', 'inlineCode', 'break']);

// What of a script is no string: its kinds of nodes and its names.
function script(node) {
  if (!node || typeof node !== 'object') return '';
  const inside = Object.values(node).map(script).join('');
  return node.type ? `${node.type} ${node.name ?? ''}(${inside})` : inside;
}

function kinds(node, found) {
  if (!inText.has(node.type)) {
    const attributes =
      (node.attributes || []).map?.((one) => `${one.name} ${script(one.value?.data?.estree)}`) ?? [];
    const value = /Expression|Esm|code|math/i.test(node.type) ? node.value : '';
    found.push([node.type, node.name ?? '', node.depth ?? 0, attributes.join(), value, node.url ?? '']);
  }
  (node.children || []).forEach((child) => kinds(child, found));
  return found;
}

let input = '';
for await (const chunk of process.stdin) input += chunk;
const results = [];
for (const {name, text} of JSON.parse(input)) {
  try {
    let source = docusaurus.unwrapMdxCodeBlocks(text);
    source = docusaurus.escapeMarkdownHeadingIds(source);
    source = docusaurus.admonitionTitleToDirectiveLabel(source, [
      'note', 'tip', 'info', 'warning', 'danger',
    ]);
    await processor.process(source);
    results.push({name, kinds: kinds(processor.parse(source), [])});
  } catch (error) {
    results.push({name, error: String(error.message)});
  }
}
console.log(JSON.stringify(results));
