/** A page beside its translation, and the editor of the chosen text. */

import * as api from "./api.js";
import { h, fill, redraw } from "./dom.js";
import { allDrafts, discardDraft, draftOf, keepPlace, keyOf } from "./drafts.js";
import { Editor } from "./editor.js";
import { Frames } from "./frames.js";
import { KEYS } from "./keys.js";
import { address } from "./overview.js";
import { _, ngettext, number } from "./wording.js";

/** @typedef {import("./app.js").AppType} App */

const SOON = 120;
const MOST_NOTES = 2;
/** What pages show that stands in no catalog. */
const SHOWN = /\.(css|png|jpe?g|svg|gif|webp|avif)$/i;
const SETTINGS = /\.(toml|ya?ml|csv|tmx)$/i;
/** @type {Record<string, string>} */
const STATE_MARKS = { translated: "✓", fuzzy: "≈", untranslated: "○", refused: "✕", error: "✕", warning: "△" };

export class PageView {
  /** @param {App} app @param {api.Locale} locale @param {string} page @param {number | null} first */
  constructor(app, locale, page, first) {
    this.app = app;
    this.locale = locale;
    this.page = page;
    this.first = first;
    /** @type {api.PageData | null} */
    this.data = null;
    /** @type {Record<string, api.Finding[]>} */
    this.findings = {};
    this.chosen = -1;
    /** @type {number | undefined} */
    this.waiting = undefined;
    this.gone = false;
    /** Whether pictures or styles of the page may have changed. */
    this.restyle = false;
    /** The last save or look at the disk; one waits for the other. @type {Promise<unknown>} */
    this.turn = Promise.resolve();
    this.frames = new Frames(
      { choose: (n) => this.choose(n), key: (event) => this.fromFrame(event) },
      api.frame("source", locale.tag, page),
      api.frame("target", locale.tag, page),
    );
    this.editor = new Editor(this);
    this.tools = h("div", { class: "tools", role: "toolbar", "aria-label": _("Move through the page") });
    this.list = h("details", { class: "unplaced" });
    this.strays = h("details", { class: "unplaced strays" });
    this.notes = h("div", { class: "notes", role: "status" });
    const { source } = app.start;
    this.element = h(
      "div",
      { class: "page-view" },
      h("h1", { class: "hidden" }, page),
      h("section", { class: "sides", "aria-label": _("Page") },
        this.tools,
        this.notes,
        this.list,
        this.strays,
        h("div", { class: "pair" },
          h("div", { class: "column" }, h("h2", { lang: source.tag }, source.name), this.frames.source),
          h("div", { class: "column" }, h("h2", { lang: locale.tag }, locale.name), this.frames.target))),
      h("section", { class: "panel", "aria-label": _("Translation") }, this.editor.element),
    );
  }

  async show() {
    [this.data] = await Promise.all([api.page(this.locale.tag, this.page), this.frames.load()]);
    this.drawTools();
    this.drawStates();
    const { units } = this.data;
    const wanted = this.first ?? units.findIndex((unit) => unit.state !== "translated");
    if (units.length) this.choose(Math.min(Math.max(wanted, 0), units.length - 1));
    else this.editor.empty();
    // The checks of a large page would take the processor from the browser that draws it.
    requestAnimationFrame(() => setTimeout(() => void this.loadFindings()));
  }

  /** @returns {api.Unit[]} */
  get units() {
    return this.data?.units ?? [];
  }

  async loadFindings() {
    const found = await api.findings(this.locale.tag, this.page).catch(() => null);
    if (!found || this.gone) return;
    this.findings = found.units;
    this.drawNotes(found.page);
    this.drawStates();
    this.drawTools();
  }

  /** What is found in the page and belongs to no text; where that is much, on request. @param {api.Finding[]} found */
  drawNotes(found) {
    const lines = found.map((one) => h("p", { class: one.severity, lang: "en", dir: "ltr" }, one.text));
    if (lines.length <= MOST_NOTES) {
      fill(this.notes, ...this.missing(), ...lines);
      return;
    }
    const errors = found.filter((one) => one.severity === "error").length;
    const warnings = found.length - errors;
    const counts = [
      errors ? ngettext("{count} error", "{count} errors", errors) : "",
      warnings ? ngettext("{count} warning", "{count} warnings", warnings) : "",
    ];
    const open = this.notes.querySelector("details")?.open ?? false;
    redraw(this.notes, () => fill(this.notes, ...this.missing(),
      h("details", { class: "unplaced", open }, h("summary", {}, counts.filter(Boolean).join(" · ")), ...lines)));
  }

  /** What the page is shown without. */
  missing() {
    const names = this.data?.missing ?? [];
    return names.length ? [h("p", {}, _("Shown without extensions that are not installed here: {names}", { names: names.join(", ") }))] : [];
  }

  /** The state of a text with what checks say of it. @param {api.Unit} unit */
  stateOf(unit) {
    if (unit.state !== "translated") return unit.state;
    const found = this.findings[unit.n] ?? [];
    if (found.some((one) => one.severity === "error")) return "error";
    return found.length ? "warning" : "translated";
  }

  drawStates() {
    const drafts = allDrafts().filter((one) => one.locale === this.locale.tag && one.page === this.page);
    const keys = new Set(drafts.map(keyOf));
    this.frames.setStates(new Map(this.units.map((unit) => [unit.n, unit.n !== this.chosen && keys.has(keyOf(unit)) ? "draft" : this.stateOf(unit)])));
    this.drawList();
    this.drawStrays(drafts);
  }

  /** What was typed for texts that are not on the page any more. @param {import("./drafts.js").KeptDraft[]} drafts */
  drawStrays(drafts) {
    const known = new Set(this.units.map(keyOf));
    const strays = drafts.filter((one) => !known.has(keyOf(one)));
    this.strays.hidden = strays.length === 0;
    const { source } = this.app.start;
    const items = strays.map((one) => h("li", {},
      h("span", { lang: source.tag, dir: source.dir }, one.source), " → ",
      h("span", { lang: this.locale.tag, dir: this.locale.dir, class: "unplaced-text" }, one.draft.text), " ",
      h("button", { type: "button", class: "quiet small", onclick: () => this.editor.put(one.draft.text) }, _("Use it")),
      h("button", { type: "button", class: "quiet small", onclick: () => {
        discardDraft(one);
        this.drawStates();
      } }, _("Discard"))));
    fill(this.strays, h("summary", {}, ngettext("{count} text that you typed for a source that is gone", "{count} texts that you typed for sources that are gone", strays.length)), h("ul", {}, ...items));
    this.strays.open = strays.length > 0;
  }

  drawTools() {
    const counts = { untranslated: 0, fuzzy: 0, finding: 0 };
    for (const unit of this.units) {
      const state = this.stateOf(unit);
      if (state === "untranslated" || state === "fuzzy") counts[state] += 1;
      else if (state !== "translated") counts.finding += 1;
    }
    const button = (/** @type {string} */ key, /** @type {string} */ text, /** @type {() => void} */ act, /** @type {boolean} */ off) =>
      h("button", { type: "button", class: "quiet", "data-name": key, title: KEYS[key]?.keys ?? "", onclick: act, disabled: off }, text);
    redraw(this.tools, () => fill(
      this.tools,
      button("previous", "↑ " + _("Previous"), () => this.move(-1), false),
      button("next", "↓ " + _("Next"), () => this.move(1), false),
      h("span", { class: "gap" }),
      button("untranslated", `○ ${number(counts.untranslated)} ` + _("untranslated"), () => this.seek("untranslated"), !counts.untranslated),
      button("fuzzy", `≈ ${number(counts.fuzzy)} ` + _("fuzzy"), () => this.seek("fuzzy"), !counts.fuzzy),
      button("finding", `△ ${number(counts.finding)} ` + _("with findings"), () => this.seek("finding"), !counts.finding),
    ));
  }

  drawList() {
    const units = this.units.filter((unit) => !this.frames.has(unit.n));
    this.list.hidden = units.length === 0;
    const open = units.filter((unit) => this.stateOf(unit) !== "translated").length;
    const items = units.map((unit) => {
      const state = this.stateOf(unit);
      return h("li", {}, h("button", { type: "button", class: "unplaced-unit", "data-name": unit.n, "data-state": state, "aria-pressed": String(unit.n === this.chosen), onclick: () => this.choose(unit.n) },
        h("span", { class: "state-mark", "aria-hidden": "true" }, STATE_MARKS[state] ?? ""),
        h("span", { class: "unplaced-kind" }, unit.detail),
        h("span", { lang: this.locale.tag, dir: this.locale.dir, class: "unplaced-text" }, unit.target || unit.source)));
    });
    const draw = () => fill(this.list, h("summary", {}, ngettext("{count} text without a place on the page", "{count} texts without a place on the page", units.length), open ? " · " + ngettext("{count} to do", "{count} to do", open) : ""), h("ul", {}, ...items));
    redraw(this.list, draw);
    if (units.length && units.length <= 6) this.list.open = true;
  }

  /** @param {number} n @param {boolean} [focus] */
  choose(n, focus = true) {
    const unit = this.units[n];
    if (!unit) return;
    if (n !== this.chosen) this.editor.settle();
    this.chosen = n;
    this.frames.choose(n);
    this.drawList();
    this.editor.open(unit, draftOf(this.locale.tag, this.page, unit), focus);
    keepPlace(this.locale.tag, this.page, n);
    this.app.setHash(address(this.locale.tag, this.page, n));
  }

  /** @param {api.Unit} unit */
  chooseLike(unit) {
    const found = this.units.find((one) => one.source === unit.source && one.context === unit.context);
    if (found) this.choose(found.n);
  }

  /** @param {number} step */
  move(step) {
    const count = this.units.length;
    if (count) this.choose((this.chosen + step + count) % count);
  }

  /** The next text of a state behind the chosen one. @param {string} kind */
  seek(kind) {
    const count = this.units.length;
    for (let step = 1; step <= count; step++) {
      const unit = this.units[(this.chosen + step) % count];
      const state = unit ? this.stateOf(unit) : "";
      const fits = kind === "finding" ? ["error", "warning", "refused"].includes(state) : state === kind;
      if (unit && fits) {
        this.choose(unit.n);
        return true;
      }
    }
    return false;
  }

  /** After a save, to what is left to do, or just on. */
  moveOn() {
    const at = this.chosen;
    const count = this.units.length;
    if (at + 1 < count) this.choose(at + 1);
    else if (!this.seek("untranslated") && !this.seek("fuzzy")) this.choose(at);
  }

  /**
   * Do something when the saves and looks at the disk before it have ended, so that what a save
   * changes is never taken for somebody else's.
   * @template T
   * @param {() => Promise<T>} act @returns {Promise<T>}
   */
  inTurn(act) {
    const done = this.turn.then(act);
    this.turn = done.catch(() => undefined);
    return done;
  }

  /** @param {api.SavedUnit} saved @param {api.Finding[]} found */
  saved(saved, found) {
    const { data } = this;
    if (!data) return;
    const { target, fuzzy, comment, state, refused, previous } = saved.unit;
    // Where others changed the files before this save, that is still to be shown.
    if (data.revision === saved.before) data.revision = saved.revision;
    else this.look();
    // The same text may stand in several places of a page.
    for (const one of this.units) {
      if (one.source !== saved.unit.source || one.context !== saved.unit.context) continue;
      Object.assign(one, { target, fuzzy, comment, state, refused, previous, known: true });
      this.findings[one.n] = state === "translated" ? found : [];
      this.frames.setState(one.n, this.stateOf(one));
    }
    this.drawTools();
    this.drawList();
  }

  /** @param {string[]} files */
  changed(files) {
    const { data } = this;
    if (!data) return;
    if (files.some((file) => SHOWN.test(file))) this.restyle = true;
    const own = [data.path, data.catalog];
    if (this.restyle || files.some((file) => SETTINGS.test(file) || own.some((one) => one === file || one.startsWith(`${file}/`)))) this.look();
  }

  /** Look at the disk soon. */
  look() {
    clearTimeout(this.waiting);
    this.waiting = window.setTimeout(() => void this.inTurn(() => this.refresh()), SOON);
  }

  /** Take over what changed on the disk; what is being typed stays. */
  async refresh() {
    const old = this.data;
    if (!old) return;
    let fresh;
    try {
      fresh = await api.page(this.locale.tag, this.page);
    } catch (error) {
      fill(this.notes, h("p", { class: "error", role: "alert" }, String(error instanceof Error ? error.message : error)));
      return;
    }
    if (this.gone) return;
    if (fresh.revision === old.revision) {
      await this.refreshBeside();
      return;
    }
    this.restyle = false;
    const chosen = old.units[this.chosen];
    this.data = fresh;
    await this.frames.load();
    const same = fresh.units.findIndex((unit) => unit.source === chosen?.source && unit.context === chosen?.context && unit.kind === chosen?.kind);
    this.chosen = same >= 0 ? same : Math.min(this.chosen, fresh.units.length - 1);
    this.frames.choose(this.chosen, false);
    const unit = fresh.units[this.chosen];
    if (unit) this.editor.meet(unit, same >= 0);
    this.editor.refreshHelp();
    this.drawTools();
    this.drawStates();
    void this.loadFindings();
  }

  /** Take over what stands beside the texts: pictures, styles, terms and memories. */
  async refreshBeside() {
    if (this.notes.querySelector("[role=alert]")) fill(this.notes, ...this.missing());
    if (this.restyle) {
      this.restyle = false;
      await this.frames.load();
    }
    this.editor.refreshHelp();
    void this.loadFindings();
  }

  /** @param {string} page @param {string} locale */
  checked(page, locale) {
    void page;
    void locale;
  }

  /** @param {KeyboardEvent} event */
  fromFrame(event) {
    if (this.key(event)) event.preventDefault();
    else this.app.key(event);
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const name = Object.keys(KEYS).find((one) => KEYS[one]?.test(event));
    if (!name) return false;
    /** @type {Record<string, () => unknown>} */
    const acts = {
      saveNext: () => void this.editor.save(true),
      save: () => void this.editor.save(false),
      previous: () => this.move(-1),
      next: () => this.move(1),
      untranslated: () => this.seek("untranslated"),
      fuzzy: () => this.seek("fuzzy"),
      finding: () => this.seek("finding"),
      copy: () => this.editor.copySource(),
      accept: () => this.editor.accept(Number(event.code.slice(-1)) - 1),
      toggle: () => this.editor.toggleFuzzy(),
      undo: () => void this.editor.undo(),
      close: () => (location.hash = "#/"),
    };
    acts[name]?.();
    return true;
  }

  leave() {
    this.editor.settle();
    clearTimeout(this.waiting);
    this.gone = true;
    return true;
  }
}
