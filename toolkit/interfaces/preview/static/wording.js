/** The words of the interface, as the server gives them in the reader's language. */

/** @type {Record<string, string>} */
let wording = {};
let language = "en";

/**
 * @param {Record<string, string>} words
 * @param {string} tag
 */
export function setWording(words, tag) {
  wording = words;
  language = tag;
}

/**
 * @param {string} text  English, with `{names}` for what is put in
 * @param {Record<string, string | number>} [values]
 */
export function _(text, values = {}) {
  const found = wording[text] ?? text;
  return found.replace(/\{(\w+)\}/g, (whole, name) => {
    const value = values[name];
    return value === undefined ? whole : typeof value === "number" ? number(value) : value;
  });
}

/** @param {number} value */
export function number(value) {
  return new Intl.NumberFormat(language).format(value);
}

/** @param {number} share from 0 to 1 */
export function percent(share) {
  const floor = Math.floor(share * 100) / 100;
  return new Intl.NumberFormat(language, { style: "percent" }).format(floor);
}
