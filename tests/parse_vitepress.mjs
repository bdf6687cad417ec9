// Reads pages as VitePress does: JSON on standard input, [{name, text}], and on standard output per
// page its blocks, what acts in their texts, these texts, the ids of headings, and what Vue's compiler
// has against the page.
import {createRequire} from 'node:module';
import {pathToFileURL} from 'node:url';

const {createMarkdownRenderer} = await import(
  pathToFileURL(process.argv[2] + '/node_modules/vitepress/dist/node/index.js')
);
const md = await createMarkdownRenderer('/site', {highlight: (code) => `<pre><code>${code}</code></pre>`}, '/');

const {parse} = createRequire(process.argv[2] + '/x.js')('@vue/compiler-dom');

const plain = new Set(['text', 'softbreak', 'hardbreak', 'em_open', 'em_close', 'strong_open', 'strong_close', 's_open', 's_close', 'emoji']);

const inText = /^<\/?(?:a|abbr|b|bdi|bdo|br|cite|code|del|em|i|img|ins|kbd|label|mark|q|s|small|span|strong|sub|sup|u)$/;
const spoken = /(\s(?:alt|aria-label|caption|description|details|label|placeholder|summary|tagline|text|title|tip)=)(?:"[^"]*"|'[^']*')/g;

// A title is shown in the marks of a container; its words are no structure.
const shown = (token) =>
  token.type.startsWith('container_') && token.nesting === 1 ? token.info.trim().split(/\s/)[0] : '';

function structure(token, found, acting, texts) {
  const own = (token.attrs ?? []).filter(([name]) => !['id', 'tabindex', 'aria-label', 'title', 'alt'].includes(name));
  if (token.type === 'inline') {
    let text = '';
    for (const child of token.children) {
      if (child.type === 'text') text += child.content;
      if (child.type === 'image') text += child.content;
      if (plain.has(child.type)) continue;
      if (child.attrGet('class') === 'header-anchor') continue;
      const attributes = (child.attrs ?? []).filter(([name]) => !['title', 'alt', 'aria-label'].includes(name));
      acting.push([child.type, child.tag, child.type === 'code_inline' ? child.content : '', attributes]);
      if (child.type === 'html_inline') acting.push(['tag', child.content.replace(spoken, '$1')]);
    }
    texts.push(text);
    return;
  }
  const code = ['fence', 'code_block'].includes(token.type);
  const content = code ? token.content : '';
  const info = token.type === 'fence' ? token.info.replace(/\[.*\]/, '') : shown(token);
  found.push([token.type, token.tag, token.level, token.markup, info, content, own]);
  if (token.type === 'html_block') {
    const silent = /^\s*<(script|style|pre)/i.test(token.content);
    const tags = silent ? [] : token.content.match(/<\/?[A-Za-z][^<>]*>?/g) ?? [];
    const name = (tag) => tag.match(/<\/?[^\s>]*/)[0];
    found.push(silent ? token.content : tags.map(name).filter((tag) => !inText.test(tag)));
    for (const tag of tags)
      if (inText.test(name(tag))) acting.push(['tag', tag.replace(spoken, '$1')]);
    if (!silent) texts.push(token.content.replace(/<!--[^]*?-->|<[^>]*>/g, ' '));
  }
  if (token.type === 'html_inline') found.push(token.content.match(/<\/?[A-Za-z][^\s>]*/g) ?? []);
  if (token.type.startsWith('container_') && token.nesting === 1)
    texts.push(token.info.trim().split(/\s+/).slice(1).join(' '));
}

let input = '';
for await (const chunk of process.stdin) input += chunk;
const results = [];
for (const {name, text} of JSON.parse(input)) {
  try {
    const env = {path: '/site/x.md'};
    const tokens = md.parse(text.replace(/^---\n[^]*?\n---(?:\n|$)/, ''), env);
    const found = [];
    const acting = [];
    const texts = [];
    const ids = [];
    for (const token of tokens) {
      if (token.type === 'heading_open') ids.push(token.attrGet('id'));
      structure(token, found, acting, texts);
    }
    const errors = [];
    for (const token of tokens) delete token.src;
    const blocks = {scripts: [], styles: [], customBlocks: []};
    const html = md.renderer.render(tokens, md.options, {...env, sfcBlocks: blocks});
    parse(html, {onError: (error) => errors.push(error.message)});
    results.push({name, structure: found, acting, texts, ids, errors});
  } catch (error) {
    results.push({name, error: String(error.message)});
  }
}
console.log(JSON.stringify(results));
