/** All pages in all locales: how far each is, what to do next, and a search over all texts. */

import * as api from "./api.js";
import { h, fill, redraw } from "./dom.js";
import { allDrafts, lastPlace } from "./drafts.js";
import { withPieces } from "./highlight.js";
import { _, ngettext, number, percent } from "./wording.js";

/** @typedef {import("./app.js").AppType} App */

const MOST_NEXT = 4;
const MOST_ROWS = 100;
const PAUSE = 250;
const CHECK_PAUSE = 3000;

/** @param {string} locale @param {string} page @param {number} [unit] */
export function address(locale, page, unit) {
  const parts = [locale, page, ...(unit === undefined ? [] : [String(unit)])];
  return `#/${parts.map(encodeURIComponent).join("/")}`;
}

/** A page's name that may be broken behind its folders. @param {string} page */
function withBreaks(page) {
  return page.split(/(?<=\/)/).flatMap((part, place) => (place ? [h("wbr"), part] : [part]));
}

export class Overview {
  /** @param {App} app @param {api.Locale | null} locale */
  constructor(app, locale) {
    this.app = app;
    /** @type {api.Row[]} */
    this.rows = [];
    this.rowsShown = MOST_ROWS;
    this.query = "";
    this.only = "all";
    /** @type {number | undefined} */
    this.waiting = undefined;
    /** @type {number | undefined} */
    this.loading = undefined;
    const last = lastPlace();
    const locales = app.start.locales;
    const first = locale ?? locales.find((one) => one.tag === last?.locale) ?? locales[0];
    this.locale = /** @type {api.Locale} */ (first);
    this.cards = h("section", { class: "cards", "aria-label": _("What to do next") });
    this.table = h("div", { class: "table-box" });
    this.hits = h("section", { class: "hits", "aria-label": _("Texts found"), "aria-live": "polite" });
    this.status = h("p", { class: "quiet-text", role: "status" });
    this.element = h("div", { class: "overview" }, this.head(), this.cards, this.filters(), this.hits, this.table, this.status);
  }

  head() {
    const select = h("select", { id: "locale", onchange: () => this.choose(select.value) });
    fill(select, ...this.app.start.locales.map((one) => h("option", { value: one.tag, lang: one.tag, selected: one === this.locale }, `${one.name} (${one.tag})`)));
    return h(
      "div",
      { class: "overview-head" },
      h("h1", {}, _("Translations")),
      h("label", { class: "field", for: "locale" }, h("span", {}, _("I translate into")), select),
    );
  }

  filters() {
    const query = h("input", {
      type: "search",
      id: "query",
      placeholder: _("Page name, or words in source or translation"),
      oninput: () => this.search(query.value),
    });
    const only = h("select", { id: "only", onchange: () => {
      this.only = only.value;
      this.drawTable();
    } });
    /** @type {[string, string][]} */
    const options = [["all", _("all pages")], ["open", _("not complete")], ["fuzzy", _("with fuzzy texts")], ["findings", _("with findings")], ["done", _("complete")]];
    fill(only, ...options.map(([value, name]) => h("option", { value }, name)));
    return h(
      "div",
      { class: "filters", role: "search" },
      h("label", { class: "field grow", for: "query" }, h("span", {}, _("Find")), query),
      h("label", { class: "field", for: "only" }, h("span", {}, _("Show")), only),
    );
  }

  async show() {
    fill(this.table, h("p", { class: "loading" }, _("Reading the project …")));
    await this.load();
  }

  async load() {
    const found = await api.overview();
    this.rows = found.pages;
    this.status.textContent = found.checked < 1 ? _("Checking pages: {share}", { share: percent(found.checked) }) : "";
    redraw(this.cards, () => this.drawCards());
    redraw(this.table, () => this.drawTable());
  }

  /** @param {string} tag */
  choose(tag) {
    this.locale = this.app.start.locales.find((one) => one.tag === tag) ?? this.locale;
    this.drawCards();
    this.drawTable();
    this.table.querySelector("thead th.mine")?.scrollIntoView({ block: "nearest", inline: "nearest" });
    void this.find();
  }

  get column() {
    return this.app.start.locales.indexOf(this.locale);
  }

  drawCards() {
    const last = lastPlace();
    const there = last && this.rows.some((row) => row.page === last.page);
    const cards = [];
    if (last && there) {
      cards.push(h("a", { class: "card resume", href: address(last.locale, last.page, last.n) }, h("span", { class: "card-kind" }, _("Where you were")), h("strong", { dir: "ltr" }, ...withBreaks(last.page)), h("span", {}, this.nameOf(last.locale))));
    }
    for (const { locale, page, count } of this.drafts()) {
      cards.push(h("a", { class: "card", href: address(locale, page) }, h("span", { class: "card-kind" }, ngettext("{count} text not saved yet", "{count} texts not saved yet", count)), h("strong", { dir: "ltr" }, ...withBreaks(page)), h("span", {}, this.nameOf(locale))));
    }
    for (const [row, reason] of this.nextRows()) {
      cards.push(h("a", { class: "card", href: address(this.locale.tag, row.page) }, h("span", { class: "card-kind" }, reason), h("strong", { dir: "ltr" }, ...withBreaks(row.page)), this.bar(row.cells[this.column])));
    }
    fill(this.cards, cards);
    this.cards.hidden = cards.length === 0;
  }

  /** Where something was typed and not saved. @returns {{locale: string, page: string, count: number}[]} */
  drafts() {
    /** @type {Map<string, {locale: string, page: string, count: number}>} */
    const found = new Map();
    for (const { locale, page } of allDrafts()) {
      if (!this.rows.some((row) => row.page === page)) continue;
      const known = found.get(`${locale}/${page}`);
      if (known) known.count += 1;
      else found.set(`${locale}/${page}`, { locale, page, count: 1 });
    }
    return [...found.values()].slice(0, MOST_NEXT);
  }

  /** @param {string} tag */
  nameOf(tag) {
    return this.app.start.locales.find((one) => one.tag === tag)?.name ?? tag;
  }

  /**
   * What is worth doing first: what is wrong, then what is nearly done, then the rest by size.
   * @returns {[api.Row, string][]}
   */
  nextRows() {
    /** @type {[number, api.Row, string][]} */
    const ranked = [];
    for (const row of this.rows) {
      const cell = row.cells[this.column];
      if (!cell || cell[8]) continue;
      const [, fuzzy, open, , fuzzyWords, openWords, errors] = cell;
      if (errors) ranked.push([-1e9 + errors, row, ngettext("Mend {count} error", "Mend {count} errors", errors)]);
      else if (fuzzy && !open) ranked.push([fuzzyWords, row, ngettext("Look through {count} fuzzy text", "Look through {count} fuzzy texts", fuzzy)]);
      else if (open || fuzzy) ranked.push([openWords * 2 + fuzzyWords, row, ngettext("{count} word to go", "{count} words to go", openWords + fuzzyWords)]);
    }
    ranked.sort((one, other) => one[0] - other[0]);
    return ranked.slice(0, MOST_NEXT).map(([, row, reason]) => [row, reason]);
  }

  /** @param {api.Row} row */
  fits(row) {
    const cell = row.cells[this.column];
    if (!cell) return false;
    const [, fuzzy, open, , , , errors, warnings] = cell;
    const states = { all: true, open: open + fuzzy > 0, fuzzy: fuzzy > 0, findings: (errors ?? 0) + (warnings ?? 0) > 0, done: open + fuzzy === 0 };
    const named = row.page.toLowerCase().includes(this.query.toLowerCase());
    return named && states[/** @type {keyof typeof states} */ (this.only)];
  }

  drawTable() {
    const rows = this.rows.filter((row) => this.fits(row));
    const locales = this.app.start.locales;
    const head = h("tr", {}, h("th", { scope: "col" }, _("Page")), ...locales.map((one) => h("th", { scope: "col", class: one === this.locale ? "mine" : "" }, h("span", { lang: one.tag }, one.name), " ", h("code", {}, one.tag))));
    const total = h("tr", { class: "total" }, h("th", { scope: "row" }, _("All pages")), ...locales.map((one, column) => h("td", { class: one === this.locale ? "mine" : "" }, this.bar(this.sum(column)))));
    const body = rows.slice(0, this.rowsShown).map((row) => this.row(row));
    const more = rows.length > this.rowsShown && h("button", { type: "button", class: "quiet", onclick: () => {
      this.rowsShown += MOST_ROWS * 4;
      this.drawTable();
    } }, ngettext("Show {count} more page", "Show {count} more pages", rows.length - this.rowsShown));
    fill(
      this.table,
      rows.length
        ? h("table", { class: "pages" }, h("caption", { class: "hidden" }, _("Progress of each page in each language")), h("thead", {}, head, total), h("tbody", {}, ...body))
        : h("p", { class: "empty" }, _("No page is like that.")),
      more || null,
    );
  }

  /** @param {api.Row} row */
  row(row) {
    const cells = this.app.start.locales.map((one, column) => {
      const cell = row.cells[column];
      return h("td", { class: one === this.locale ? "mine" : "" }, row.problem || !cell ? null : h("a", { class: "cell", href: address(one.tag, row.page) }, this.bar(cell), this.badges(cell)));
    });
    return h("tr", {}, h("th", { scope: "row" }, h("a", { href: address(this.locale.tag, row.page), dir: "ltr" }, row.page), row.problem && h("span", { class: "row-problem" }, row.problem)), ...cells);
  }

  /** @param {api.Cell | undefined} cell */
  bar(cell) {
    if (!cell) return null;
    if (cell[8]) return h("span", { class: "row-problem" }, cell[8]);
    const [, , , translated, fuzzy, open] = cell;
    const words = translated + fuzzy + open;
    const share = words ? translated / words : 1;
    const text = _("{percent} translated, {fuzzy} words fuzzy, {open} to do", { percent: percent(share), fuzzy, open });
    const part = (/** @type {string} */ kind, /** @type {number} */ size) =>
      size > 0 && h("span", { class: `part ${kind}`, "data-size": size });
    const bar = h("span", { class: "bar-line", "aria-hidden": "true" }, part("translated", translated || (words ? 0 : 1)), part("fuzzy", fuzzy), part("untranslated", open));
    for (const piece of bar.querySelectorAll("span")) piece.style.flexGrow = piece.dataset.size ?? "0";
    return h("span", { class: "progress", title: text }, h("span", { class: "hidden" }, text), bar, h("span", { class: "share", "aria-hidden": "true" }, percent(share)));
  }

  /** @param {api.Cell} cell */
  badges(cell) {
    const [, , , , , , errors, warnings] = cell;
    return [
      errors ? h("span", { class: "badge error", title: ngettext("{count} error", "{count} errors", errors) }, "✕ ", number(errors), h("span", { class: "hidden" }, ngettext("{count} error", "{count} errors", errors))) : null,
      warnings ? h("span", { class: "badge warning", title: ngettext("{count} warning", "{count} warnings", warnings) }, "△ ", number(warnings), h("span", { class: "hidden" }, ngettext("{count} warning", "{count} warnings", warnings))) : null,
    ];
  }

  /** @param {number} column @returns {api.Cell} */
  sum(column) {
    const sums = [0, 0, 0, 0, 0, 0];
    for (const row of this.rows) {
      const cell = row.cells[column];
      if (cell) sums.forEach((_value, place) => (sums[place] = (sums[place] ?? 0) + Number(cell[place])));
    }
    return /** @type {api.Cell} */ ([...sums, null, null, ""]);
  }

  /** @param {string} query */
  search(query) {
    this.query = query;
    this.drawTable();
    clearTimeout(this.waiting);
    this.waiting = window.setTimeout(() => void this.find(), PAUSE);
  }

  async find() {
    const query = this.query.trim();
    if (query.length < 1) {
      this.table.hidden = false;
      fill(this.hits);
      return;
    }
    const { hits } = await api.search(this.locale.tag, query);
    if (query !== this.query.trim()) return;
    const { source } = this.app.start;
    const items = hits.slice(0, 50).map((hit) =>
      h("li", {}, h("a", { href: address(this.locale.tag, hit.page, hit.n) },
        h("span", { class: "hit-page", dir: "ltr" }, hit.page),
        h("span", { lang: source.tag, dir: source.dir }, ...withPieces(hit.source, [{ piece: found(hit.source, query), kind: "hit" }])),
        h("span", { lang: this.locale.tag, dir: this.locale.dir, class: "hit-target" }, ...withPieces(hit.target, [{ piece: found(hit.target, query), kind: "hit" }])))),
    );
    this.table.hidden = hits.length > 0 && !this.rows.some((row) => this.fits(row));
    fill(this.hits, h("h2", {}, hits.length ? ngettext("{count} text with “{query}”", "{count} texts with “{query}”", hits.length, { query }) : _("No text has “{query}”.", { query })), items.length ? h("ol", { class: "hit-list" }, ...items) : null);
  }

  /** @param {string[]} _files */
  changed(_files) {
    this.soon(PAUSE);
  }

  look() {
    this.soon(PAUSE);
  }

  checked() {
    this.soon(CHECK_PAUSE);
  }

  /** Load again, once for all that happens until then. @param {number} pause */
  soon(pause) {
    this.loading ??= window.setTimeout(() => {
      this.loading = undefined;
      void this.load().catch(() => undefined);
    }, pause);
  }

  key() {
    return false;
  }

  leave() {
    clearTimeout(this.loading);
    clearTimeout(this.waiting);
    return true;
  }
}

/** The words as they stand in a text. @param {string} text @param {string} query */
function found(text, query) {
  const start = text.toLowerCase().indexOf(query.toLowerCase());
  return start < 0 ? "" : text.slice(start, start + query.length);
}
