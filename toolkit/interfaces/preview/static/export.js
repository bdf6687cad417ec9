/** Puts the words of an exported page into the reader's language; it needs nothing but the page. */

import { _, ngettext, setWording } from "./wording.js";

/** @typedef {{text: string, many?: string, values: Record<string, string | number>}} Word */

/** @type {Record<string, {dir: string, wording: Record<string, string | string[]>}>} */
const wordings = JSON.parse(document.getElementById("yiben-wordings")?.textContent ?? "{}");

/** The language that fits best what the browser asks for; none where that is English. */
function chosen() {
  for (const wish of navigator.languages) {
    const [language] = wish.toLowerCase().split("-");
    if (language === "en") return undefined;
    const found = Object.keys(wordings).find((tag) => tag.split("-")[0] === language);
    if (found) return found;
  }
  return undefined;
}

/** @param {string} data */
function worded(data) {
  /** @type {Word} */
  const { text, many, values } = JSON.parse(data);
  return many === undefined ? _(text, values) : ngettext(text, many, Number(values.count), values);
}

const tag = chosen();
const found = tag === undefined ? undefined : wordings[tag];
if (tag !== undefined && found) {
  setWording(found.wording, tag);
  document.documentElement.lang = tag;
  document.documentElement.dir = found.dir;
  for (const one of document.querySelectorAll("[data-yiben-word]")) one.textContent = worded(one.getAttribute("data-yiben-word") ?? "");
  for (const one of document.querySelectorAll("[data-yiben-label]")) one.setAttribute("aria-label", worded(one.getAttribute("data-yiben-label") ?? ""));
}
