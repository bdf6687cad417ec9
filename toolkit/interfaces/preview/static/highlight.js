/** Markdown as a translator reads it: code, links, emphasis and tags set apart from words. */

import { h } from "./dom.js";

const RULES = new RegExp(
  [
    /(?<code>(`+)(?!`)[^]*?(?<!`)\2(?!`))/,
    /(?<math>\$\$[^]+?\$\$|\$(?=\S)[^$\n]*?\S\$)/,
    /(?<macro>\{\{[^]*?\}\}|\{%[^]*?%\})/,
    /(?<tag><\/?[A-Za-z][^<>]*>|&#?\w+;)/,
    /(?<target>\]\([^()\s]*(?:\s+"[^"]*")?\)|\]\[[^\]\n]*\]|\[\^[^\]\n]+\])/,
    /(?<url>https?:\/\/[^\s<>)]+)/,
    /(?<attributes>\{[:.#][^{}\n]*\})/,
    /(?<mark>\*\*|__|~~|\*|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|!?\[|\]|\\.)/u,
    /(?<place>%\w|\{\w*\})/,
  ]
    .map((rule) => rule.source)
    .join("|"),
  "gu",
);

/**
 * @param {string} text
 * @param {string[]} [lost]  pieces that the translation lacks
 * @returns {Node[]}
 */
export function highlighted(text, lost = []) {
  const pieces = lost.map((piece) => ({ piece, kind: "lost" }));
  /** @type {Node[]} */
  const found = [];
  let end = 0;
  for (const match of text.matchAll(RULES)) {
    if (match.index > end) found.push(...withPieces(text.slice(end, match.index), pieces));
    const [name] = Object.entries(match.groups ?? {}).find(([, value]) => value !== undefined) ?? [""];
    found.push(h("span", { class: `md-${name}` }, ...withPieces(match[0], pieces)));
    end = match.index + match[0].length;
  }
  if (end < text.length) found.push(...withPieces(text.slice(end), pieces));
  return found;
}

/**
 * A text with some pieces of it marked.
 * @param {string} text
 * @param {{piece: string, kind: string}[]} pieces
 * @returns {Node[]}
 */
export function withPieces(text, pieces) {
  const places = pieces
    .filter(({ piece }) => piece)
    .map(({ piece, kind }) => ({ start: text.indexOf(piece), size: piece.length, kind }))
    .filter(({ start }) => start >= 0)
    .sort((one, other) => one.start - other.start);
  /** @type {Node[]} */
  const found = [];
  let end = 0;
  for (const { start, size, kind } of places) {
    if (start < end) continue;
    found.push(document.createTextNode(text.slice(end, start)));
    found.push(h("mark", { class: kind }, text.slice(start, start + size)));
    end = start + size;
  }
  found.push(document.createTextNode(text.slice(end)));
  return found;
}
