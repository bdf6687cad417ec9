/** What differs between two texts, word by word; a Han character or kana is a word. */

import { h } from "./dom.js";

const WORDS = /[\u2e80-\u9fff\uf900-\ufaff\uac00-\ud7af]|[\p{L}\p{N}\p{M}]+|\s+|./gsu;
const MOST = 1500;

/**
 * @param {string} before
 * @param {string} after
 * @returns {Node[]} `after` with what is new in `<ins>` and what is gone in `<del>`
 */
export function difference(before, after) {
  const old = before.match(WORDS) ?? [];
  const now = after.match(WORDS) ?? [];
  if (old.length > MOST || now.length > MOST) {
    return [h("del", {}, before), document.createTextNode(" "), h("ins", {}, after)];
  }
  /** @type {[string, string][]} */
  const pieces = [];
  let i = 0;
  let j = 0;
  const table = lengths(old, now);
  const at = (/** @type {number} */ a, /** @type {number} */ b) => table[a * (now.length + 1) + b] ?? 0;
  while (i < old.length || j < now.length) {
    if (i < old.length && j < now.length && old[i] === now[j]) {
      add(pieces, "", now[j++] ?? "");
      i += 1;
    } else if (i < old.length && (j === now.length || at(i + 1, j) >= at(i, j + 1))) {
      add(pieces, "del", old[i++] ?? "");
    } else {
      add(pieces, "ins", now[j++] ?? "");
    }
  }
  return pieces.map(([kind, text]) =>
    kind === "" ? document.createTextNode(text) : h(kind === "del" ? "del" : "ins", {}, text),
  );
}

/** @param {[string, string][]} pieces @param {string} kind @param {string} text */
function add(pieces, kind, text) {
  const last = pieces.at(-1);
  if (last && last[0] === kind) last[1] += text;
  else pieces.push([kind, text]);
}

/** @param {string[]} old @param {string[]} now */
function lengths(old, now) {
  const width = now.length + 1;
  const table = new Uint16Array((old.length + 1) * width);
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = now.length - 1; j >= 0; j--) {
      const same = old[i] === now[j];
      const right = table[i * width + j + 1] ?? 0;
      const below = table[(i + 1) * width + j] ?? 0;
      table[i * width + j] = same ? (table[(i + 1) * width + j + 1] ?? 0) + 1 : Math.max(right, below);
    }
  }
  return table;
}
