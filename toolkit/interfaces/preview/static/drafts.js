/**
 * What was typed and is not saved yet: kept in the browser until it is. Tabs share the storage of
 * the browser; what one typed is never put in the place of what another typed.
 */

/**
 * @typedef {import("./api.js").Wish} Wish
 * @typedef {import("./api.js").Unit} Unit
 * @typedef {Wish & {base: Wish, time: number, tab: string}} Typed
 * @typedef {Typed & {others: Typed[]}} Draft
 * @typedef {{locale: string, page: string, context: string, source: string, draft: Draft}} KeptDraft
 */

const TAB = `${Date.now()}-${Math.random()}`;
const MOST_OTHERS = 5;
const BREAK = "\u0004";
let project = "";
/** What the browser would not keep, by its name. @type {Map<string, Draft>} */
const unkept = new Map();

/** @param {string} id */
export function setProject(id) {
  project = id;
}

/** Whether leaving the page would lose what was typed. */
export const losesDrafts = () => unkept.size > 0;

const prefix = () => `yiben:${project}:draft:`;

/** @param {{context: string | null, source: string}} unit */
export const keyOf = (unit) => `${unit.context ?? ""}${BREAK}${unit.source}`;

/** @param {string} locale @param {string} page @param {{context: string | null, source: string}} unit */
const nameOf = (locale, page, unit) => `${prefix()}${locale}${BREAK}${page}${BREAK}${keyOf(unit)}`;

/** @param {string} name @returns {Draft | null} */
function read(name) {
  const here = unkept.get(name);
  if (here) return here;
  try {
    const found = JSON.parse(localStorage.getItem(name) ?? "null");
    return found && { tab: "", others: [], ...found };
  } catch {
    return null;
  }
}

/** @param {string} name @param {Draft} draft @returns {boolean} whether the browser has it */
function write(name, draft) {
  try {
    localStorage.setItem(name, JSON.stringify(draft));
    unkept.delete(name);
    return true;
  } catch {
    unkept.set(name, draft);
    return false;
  }
}

/** @param {string} name */
function remove(name) {
  unkept.delete(name);
  try {
    localStorage.removeItem(name);
  } catch {
    // A browser without storage has no draft either.
  }
}

/** @param {Typed} one @returns {Typed} */
const typedOf = ({ text, fuzzy, comment, base, time, tab }) => ({ text, fuzzy, comment, base, time, tab });
/** @param {Wish} one @param {Wish} other */
const same = (one, other) => one.text === other.text && one.fuzzy === other.fuzzy && one.comment === other.comment;

/** @param {string} locale @param {string} page @param {Unit} unit */
export const draftOf = (locale, page, unit) => read(nameOf(locale, page, unit));

/** @param {string} locale @param {string} page @param {Unit} unit @param {Wish} base @param {Wish} wish
 * @returns {boolean} whether the browser has it */
export function keepDraft(locale, page, unit, base, wish) {
  const name = nameOf(locale, page, unit);
  const old = read(name);
  const known = old ? [...(old.tab === TAB ? [] : [typedOf(old)]), ...old.others] : [];
  // What the new text begins with is in it.
  const others = known.filter((one, place) => !wish.text.startsWith(one.text) && known.findIndex((other) => same(one, other)) === place);
  return write(name, { ...wish, base, time: Date.now(), tab: TAB, others: others.slice(0, MOST_OTHERS) });
}

/** Go on with a draft in this tab. @param {string} locale @param {string} page @param {Unit} unit @param {Draft} draft */
export function adoptDraft(locale, page, unit, draft) {
  if (draft.tab !== TAB) write(nameOf(locale, page, unit), { ...draft, tab: TAB });
}

/** Drop what was typed in this tab; what another tab typed comes forward. @param {string} locale @param {string} page @param {Unit} unit */
export function dropDraft(locale, page, unit) {
  const name = nameOf(locale, page, unit);
  const old = read(name);
  if (old?.tab === TAB) putForward(name, old.others);
}

/** Drop what is saved now, whoever typed it. @param {string} locale @param {string} page @param {Unit} unit @param {Wish} wish */
export function forgetDraft(locale, page, unit, wish) {
  const name = nameOf(locale, page, unit);
  const old = read(name);
  if (!old) return;
  const others = old.others.filter((one) => !same(one, wish));
  if (same(old, wish)) putForward(name, others);
  else if (others.length < old.others.length) write(name, { ...old, others });
}

/** @param {string} name @param {Typed[]} drafts */
function putForward(name, [first, ...others]) {
  if (first) write(name, { ...first, others });
  else remove(name);
}

/** Drop a draft whose text is no longer there. @param {KeptDraft} kept */
export function discardDraft(kept) {
  remove(nameOf(kept.locale, kept.page, kept));
}

/** All drafts of the project. @returns {KeptDraft[]} */
export function allDrafts() {
  /** @type {string[]} */
  const names = [...unkept.keys()];
  try {
    for (let place = 0; place < localStorage.length; place++) {
      const name = localStorage.key(place);
      if (name?.startsWith(prefix())) names.push(name);
    }
  } catch {
    // Those of this tab are all there are.
  }
  return [...new Set(names)].sort().flatMap((name) => keptOf(name));
}

/** @param {string} name @returns {KeptDraft[]} */
function keptOf(name) {
  const [locale, page, context, ...source] = name.slice(prefix().length).split(BREAK);
  const draft = read(name);
  if (!draft || locale === undefined || page === undefined || context === undefined) return [];
  return [{ locale, page, context, source: source.join(BREAK), draft }];
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
