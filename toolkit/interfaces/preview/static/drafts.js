/** What was typed and is not saved yet: kept in the browser until it is. */

/** @typedef {import("./api.js").Wish & {base: import("./api.js").Wish, time: number}} Draft */

let project = "";

/** @param {string} id */
export function setProject(id) {
  project = id;
}

/** @param {string} locale @param {string} page @param {import("./api.js").Unit} unit */
function key(locale, page, unit) {
  return `yiben:${project}:draft:${locale}:${page}:${unit.context ?? ""}\u0004${unit.source}`;
}

/** @param {string} locale @param {string} page @param {import("./api.js").Unit} unit
 * @returns {Draft | null} */
export function draftOf(locale, page, unit) {
  try {
    const found = localStorage.getItem(key(locale, page, unit));
    return found ? JSON.parse(found) : null;
  } catch {
    return null;
  }
}

/** @param {string} locale @param {string} page @param {import("./api.js").Unit} unit
 * @param {import("./api.js").Wish} base @param {import("./api.js").Wish} wish
 * @returns {boolean} whether the browser has it */
export function keepDraft(locale, page, unit, base, wish) {
  try {
    const draft = JSON.stringify({ ...wish, base, time: Date.now() });
    localStorage.setItem(key(locale, page, unit), draft);
    return true;
  } catch {
    return false;
  }
}

/** @param {string} locale @param {string} page @param {import("./api.js").Unit} unit */
export function dropDraft(locale, page, unit) {
  localStorage.removeItem(key(locale, page, unit));
}

/** @returns {{locale: string, page: string, n: number} | null} */
export function lastPlace() {
  try {
    return JSON.parse(localStorage.getItem(`yiben:${project}:place`) ?? "null");
  } catch {
    return null;
  }
}

/** @param {string} locale @param {string} page @param {number} n */
export function keepPlace(locale, page, n) {
  try {
    localStorage.setItem(`yiben:${project}:place`, JSON.stringify({ locale, page, n }));
  } catch {
    // A browser without storage has no last place.
  }
}
