/** What the server knows and does. */

/**
 * @typedef {{tag: string, name: string, dir: string}} Locale
 * @typedef {{project: string, id: string, readOnly: boolean, source: Locale, locales: Locale[],
 *   interface: Locale, wording: Record<string, string | string[]>}} Start
 * @typedef {{check: string, severity: string, text: string, piece: string, lost?: boolean}} Finding
 * @typedef {{text: string, piece: string}} Refusal
 * @typedef {{n: number, kind: string, detail: string, trail: string[], notes: string[],
 *   context: string | null, line: number, source: string, target: string,
 *   fuzzy: boolean, comment: string, previous: string | null, known: boolean, state: string,
 *   refused: Refusal | null}} Unit
 * @typedef {{page: string, path: string, locale: string, revision: string, catalog: string,
 *   missing: string[], units: Unit[]}} PageData
 * @typedef {{text: string, fuzzy: boolean, comment: string}} Wish
 * @typedef {{unit: Unit, before: string, revision: string}} SavedUnit
 * @typedef {{target: string, fuzzy: boolean, comment: string}} Theirs
 * @typedef {{html: string, refused: Refusal | null, findings: Finding[]}} Trial
 * @typedef {{source: string, target: string, likeness: number, origin: string}} Suggestion
 * @typedef {{suggestions: Suggestion[], terms: {source: string, targets: string[], note: string}[],
 *   elsewhere: {origin: string, target: string}[]}} Help
 * @typedef {[number, number, number, number, number, number, number | null, number | null, string]} Cell
 * @typedef {{page: string, problem: string, units: number, cells: Cell[]}} Row
 * @typedef {{page: string, n: number, source: string, target: string}} Hit
 */

/** A request that the server did not do; `status` 0 where it could not be reached. */
export class Refused extends Error {
  /**
   * @param {number} status
   * @param {string} problem
   * @param {Theirs | null} theirs
   */
  constructor(status, problem, theirs = null) {
    super(problem);
    this.status = status;
    this.theirs = theirs;
  }
}

/**
 * @param {string} path
 * @param {RequestInit} [options]
 * @returns {Promise<any>}
 */
async function request(path, options = {}) {
  let answer;
  try {
    answer = await fetch(path, { credentials: "same-origin", ...options });
  } catch {
    throw new Refused(0, "");
  }
  const text = await answer.text();
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    value = { problem: text.trim() };
  }
  if (!answer.ok) throw new Refused(answer.status, value.problem ?? "", value.theirs ?? null);
  return value;
}

/**
 * @param {string} name
 * @param {Record<string, string>} [values]
 */
const read = (name, values = {}) => request(`/api/${name}?${new URLSearchParams(values)}`);

/**
 * @param {string} name
 * @param {object} values
 */
const write = (name, values) =>
  request(`/api/${name}`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-yiben-preview": "1" },
    body: JSON.stringify(values),
  });

/** @returns {Promise<Start>} */
export const start = () => read("start");
/** @returns {Promise<{pages: Row[], checked: number}>} */
export const overview = () => read("overview");
/** @param {string} locale @param {string} page @returns {Promise<PageData>} */
export const page = (locale, page) => read("page", { locale, page });
/** @param {string} locale @param {string} page
 * @returns {Promise<{units: Record<string, Finding[]>, page: Finding[]}>} */
export const findings = (locale, page) => read("findings", { locale, page });
/** @param {string} locale @param {string} page @param {Unit} unit @returns {Promise<Help>} */
export const suggestions = (locale, page, unit) =>
  read("suggestions", { locale, page, n: String(unit.n), source: unit.source });
/** @param {string} locale @param {string} q @returns {Promise<{hits: Hit[]}>} */
export const search = (locale, q) => read("search", { locale, q });
/** @param {string} locale @param {string} page @param {Unit} unit @param {string} text
 * @returns {Promise<Trial>} */
export const tryText = (locale, page, unit, text) =>
  write("try", { locale, page, n: unit.n, source: unit.source, text });
/** @param {string} locale @param {string} page @param {Unit} unit @param {Wish} base
 * @param {Wish} wish @returns {Promise<SavedUnit>} */
export const save = (locale, page, unit, base, wish) =>
  write("save", { locale, page, n: unit.n, source: unit.source, base, ...wish });
/** @param {string} side @param {string} locale @param {string} page */
export const frame = (side, locale, page) =>
  `/frame/${side}/${locale}/${page.split("/").map(encodeURIComponent).join("/")}`;
