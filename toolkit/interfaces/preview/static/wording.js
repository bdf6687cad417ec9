/** The words of the interface, as the server gives them in the reader's language. */

/** @type {Record<string, string | string[]>} */
let wording = {};
let language = "en";

/**
 * @param {Record<string, string | string[]>} words
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
  const found = wording[text];
  return put(typeof found === "string" ? found : text, values);
}

/**
 * A text that differs by a number, which stands in it as `{count}`.
 * @param {string} one
 * @param {string} many
 * @param {number} count
 * @param {Record<string, string | number>} [values]
 */
export function ngettext(one, many, count, values = {}) {
  const forms = wording[one];
  const found = Array.isArray(forms) ? forms[form(count)] : undefined;
  return put(found ?? (count === 1 ? one : many), { ...values, count });
}

/** The place of a number's form among those of the language, in the order that gettext has them. */
const FORMS = ["zero", "one", "two", "few", "many", "other"];

/** @param {number} count */
function form(count) {
  const rules = new Intl.PluralRules(language);
  const known = new Set(rules.resolvedOptions().pluralCategories);
  return FORMS.filter((name) => known.has(/** @type {Intl.LDMLPluralRule} */ (name))).indexOf(rules.select(count));
}

/** @param {string} text @param {Record<string, string | number>} values */
function put(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => {
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
