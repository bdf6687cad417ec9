/** The chosen text: its source, its translation, what checks say of it, and what helps. */

import * as api from "./api.js";
import { difference } from "./diff.js";
import { h, fill } from "./dom.js";
import { adoptDraft, draftOf, dropDraft, forgetDraft, keepDraft, keyOf } from "./drafts.js";
import { highlighted, withPieces } from "./highlight.js";
import { _, number } from "./wording.js";

/** @typedef {import("./page.js").PageView} PageView */
/** @typedef {import("./drafts.js").Draft} Draft */
/** @typedef {{unit: api.Unit, text: string, trial: Promise<api.Trial | null>}} Try */

const MOST_UNDO = 100;

/** @param {api.Unit} unit @returns {api.Wish} */
const wishOf = (unit) => ({ text: unit.target, fuzzy: unit.fuzzy, comment: unit.comment });
/** @param {string} text */
const shortened = (text) => (text.length > 40 ? `“${text.slice(0, 40)}…”` : `“${text}”`);
/** @param {api.Wish} one @param {api.Wish} other */
const same = (one, other) => one.text === other.text && one.fuzzy === other.fuzzy && one.comment === other.comment;

export class Editor {
  /** @param {PageView} view */
  constructor(view) {
    this.view = view;
    /** @type {api.Unit | null} */
    this.unit = null;
    /** @type {api.Wish} */
    this.base = { text: "", fuzzy: false, comment: "" };
    /** @type {api.Suggestion[]} */
    this.offers = [];
    /** @type {{n: number, source: string, before: api.Wish, after: api.Wish}[]} */
    this.history = [];
    /** The last try that was sent. @type {Try | null} */
    this.tried = null;
    /** Whether the server has not answered it yet. */
    this.isTrying = false;
    /** What is to be tried then. @type {Map<api.Unit, string>} */
    this.waiting = new Map();
    this.touched = false;
    /** The last save, and whether it was done. @type {Promise<boolean>} */
    this.saving = Promise.resolve(true);
    /** What the last save left of a text, and the states that our saves replaced. @type {{key: string, bases: api.Wish[], wish: api.Wish} | null} */
    this.last = null;
    /** The text that the help below is for. @type {api.Unit | null} */
    this.helped = null;
    const { locale } = view;
    const { source, readOnly } = this.view.app.start;
    this.about = h("div", { class: "about" });
    this.source = h("div", { class: "source-text", lang: source.tag, dir: source.dir });
    this.before = h("div", { class: "before" });
    this.text = h("textarea", { id: "translation", lang: locale.tag, dir: locale.dir, spellcheck: "true", rows: "5", readonly: readOnly, "aria-describedby": "verdict" });
    this.backdrop = h("div", { class: "backdrop", "aria-hidden": "true", lang: locale.tag, dir: locale.dir });
    this.fuzzy = h("input", { type: "checkbox", id: "fuzzy", disabled: readOnly, onchange: () => this.toggled() });
    this.comment = h("textarea", { id: "comment", rows: "2", readonly: readOnly, oninput: () => this.typed() });
    this.commentBox = h("details", { class: "comment" }, h("summary", {}, _("Comment of the translator")), h("label", { class: "hidden", for: "comment" }, _("Comment of the translator")), this.comment);
    this.verdict = h("div", { id: "verdict", class: "verdict", role: "status" });
    this.notice = h("div", { class: "notice", role: "status" });
    this.help = h("div", { class: "help" });
    this.saveNext = h("button", { type: "button", class: "primary", disabled: readOnly, onclick: () => void this.save(true) }, _("Save and next"), " ", h("kbd", {}, "Ctrl ↵"));
    this.saveButton = h("button", { type: "button", disabled: readOnly, onclick: () => void this.save(false) }, _("Save"));
    this.undoButton = h("button", { type: "button", class: "quiet", disabled: true, onclick: () => void this.undo() }, _("Undo save"));
    this.text.addEventListener("input", () => {
      // Who mends a fuzzy text has looked at it.
      if (this.base.fuzzy && this.text.value !== this.base.text && !this.touched) this.fuzzy.checked = false;
      this.typed();
    });
    this.text.addEventListener("scroll", () => (this.backdrop.scrollTop = this.text.scrollTop));
    this.element = h(
      "div",
      { class: "editor" },
      this.about,
      h("div", { class: "block" },
        h("div", { class: "block-head" }, h("h2", {}, _("Source")), h("button", { type: "button", class: "quiet small", disabled: readOnly, title: "Alt C", onclick: () => this.copySource() }, _("Copy"))),
        this.source, this.before),
      h("div", { class: "block" },
        h("div", { class: "block-head" }, h("h2", {}, h("label", { for: "translation" }, _("Translation"))), h("label", { class: "check", for: "fuzzy", title: "Alt G" }, this.fuzzy, _("Fuzzy"))),
        h("div", { class: "text-box" }, this.backdrop, this.text),
        this.verdict),
      this.notice,
      h("div", { class: "actions" }, this.saveNext, this.saveButton, this.undoButton),
      this.commentBox,
      this.help,
    );
  }

  empty() {
    fill(this.element, h("p", { class: "quiet-text" }, _("There is nothing to translate on this page.")));
  }

  /** @param {api.Unit} unit @param {Draft | null} draft @param {boolean} focus */
  open(unit, draft, focus) {
    this.unit = unit;
    this.base = wishOf(unit);
    this.touched = false;
    const wish = draft && !same(draft, this.base) ? draft : this.base;
    this.set(wish);
    this.drawAbout(unit);
    fill(this.source, ...highlighted(unit.source));
    this.drawBefore(unit);
    this.drawVerdict(unit.refused, this.view.findings[unit.n] ?? []);
    fill(this.notice);
    if (draft && wish === draft) {
      adoptDraft(this.view.locale.tag, this.view.page, unit, draft);
      this.say("draft", _("This is what you typed and did not save."), [[_("Use the saved text"), () => this.discard()]]);
      if (!same(draft.base, this.base)) this.ask({ target: unit.target, fuzzy: unit.fuzzy, comment: unit.comment });
    }
    this.offerOthers();
    this.commentBox.open = Boolean(wish.comment);
    if (focus) {
      this.text.focus({ preventScroll: true });
      this.element.parentElement?.scrollTo({ top: 0, behavior: "instant" });
      this.text.scrollIntoView({ block: "nearest", behavior: "instant" });
      this.text.setSelectionRange(this.text.value.length, this.text.value.length);
    }
    void this.loadHelp(unit);
    this.tryNow();
  }

  /** @param {api.Wish} wish */
  set(wish) {
    this.text.value = wish.text;
    this.fuzzy.checked = wish.fuzzy;
    this.comment.value = wish.comment;
    this.fit();
  }

  /** @returns {api.Wish} */
  get wish() {
    return { text: this.text.value, fuzzy: this.fuzzy.checked, comment: this.comment.value };
  }

  get changed() {
    return this.unit !== null && !same(this.wish, this.base);
  }

  fit() {
    this.text.style.height = "auto";
    this.text.style.height = `${Math.min(Math.max(this.text.scrollHeight + 2, 96), 360)}px`;
  }

  /** @param {api.Unit} unit */
  drawAbout(unit) {
    const { source } = this.view.app.start;
    fill(
      this.about,
      h("p", { class: "kind" }, h("span", { class: `state ${this.view.stateOf(unit)}` }, stateName(this.view.stateOf(unit))), h("span", {}, unit.detail), h("span", { class: "line", dir: "ltr" }, `${this.view.data?.path ?? ""}:${unit.line}`)),
      unit.trail.length ? h("p", { class: "trail", lang: source.tag, dir: source.dir }, unit.trail.join(" › ")) : null,
      unit.context ? h("p", { class: "trail" }, _("Context: {context}", { context: unit.context })) : null,
      ...unit.notes.map((note) => h("p", { class: "note" }, note)),
    );
  }

  /** @param {api.Unit} unit */
  drawBefore(unit) {
    if (unit.previous === null) {
      fill(this.before);
      return;
    }
    const { source } = this.view.app.start;
    fill(this.before, h("h3", {}, _("What changed in the source since it was translated")), h("div", { class: "diff", lang: source.tag, dir: source.dir }, ...difference(unit.previous, unit.source)));
  }

  typed() {
    const { unit } = this;
    if (!unit) return;
    this.tryNow();
    this.fit();
    if (this.changed) this.keep();
    else dropDraft(this.view.locale.tag, this.view.page, unit);
  }

  /** Keep what is typed in the browser. */
  keep() {
    if (!this.unit) return;
    const kept = keepDraft(this.view.locale.tag, this.view.page, this.unit, this.base, this.wish);
    if (!kept) this.say("error", _("This browser keeps no drafts; save before you leave."), []);
  }

  /** Try what is typed: at once, or when the server has answered the try before; the last text counts. */
  tryNow() {
    if (!this.unit) return;
    if (this.isTrying) this.waiting.set(this.unit, this.text.value);
    else this.begin(this.unit, this.text.value);
  }

  /** @param {api.Unit} unit @param {string} text */
  begin(unit, text) {
    this.isTrying = true;
    const trial = this.tryText(unit, text);
    this.tried = { unit, text, trial };
    void trial.then(() => {
      this.isTrying = false;
      const [next] = this.waiting;
      if (!next) return;
      this.waiting.delete(next[0]);
      this.begin(...next);
    });
  }

  /** @param {api.Unit} unit @param {string} text @returns {Promise<api.Trial | null>} */
  async tryText(unit, text) {
    const { view } = this;
    const { data } = view;
    const isOpen = () => data === view.data && this.unit?.n === unit.n;
    try {
      const trial = await api.tryText(view.locale.tag, view.page, unit, text);
      if (data === view.data) view.frames.setHtml(unit.n, trial.html);
      if (!isOpen()) return trial;
      view.frames.setState(unit.n, this.liveState(trial));
      this.drawVerdict(trial.refused, trial.findings);
      return trial;
    } catch (error) {
      if (error instanceof api.Refused && error.status > 0 && isOpen()) this.say("error", error.message, []);
      return null;
    }
  }

  /** What a try of a text gives. @param {api.Unit} unit @param {string} text @returns {Promise<api.Trial | null>} */
  trialOf(unit, text) {
    const { tried, view } = this;
    if (tried?.text === text && keyOf(tried.unit) === keyOf(unit)) return tried.trial;
    return api.tryText(view.locale.tag, view.page, unit, text).catch(() => null);
  }

  /** @param {api.Trial} trial */
  liveState(trial) {
    if (!this.text.value.trim()) return "untranslated";
    if (trial.refused) return "refused";
    if (this.fuzzy.checked) return "fuzzy";
    if (trial.findings.some((one) => one.severity === "error")) return "error";
    return trial.findings.length ? "warning" : "translated";
  }

  /** @param {api.Refusal | null} refused @param {api.Finding[]} found */
  drawVerdict(refused, found) {
    const items = [
      ...(refused ? [{ kind: "refused", name: _("Refused"), text: refused.text, piece: refused.piece, check: "refused" }] : []),
      ...found.filter((one) => one.check !== "refused").map((one) => ({ kind: one.severity, name: one.severity === "error" ? _("Error") : _("Warning"), text: one.text, piece: one.piece, check: one.check })),
    ];
    const text = this.text.value;
    fill(this.verdict, ...items.map((one) =>
      h("p", { class: `finding ${one.kind}` }, h("span", { class: "finding-kind" }, one.kind === "warning" ? "△ " : "✕ ", one.name), " ", h("span", { lang: "en", dir: "ltr" }, one.text), " ", h("code", {}, one.check))));
    this.verdict.tabIndex = this.verdict.scrollHeight > this.verdict.clientHeight ? 0 : -1;
    const lost = found.filter((one) => one.lost).map((one) => one.piece);
    if (this.unit) fill(this.source, ...highlighted(this.unit.source, lost));
    fill(this.backdrop, ...withPieces(text, items.filter((one) => !lost.includes(one.piece)).map((one) => ({ piece: one.piece, kind: one.kind }))), "\n");
  }

  /** Show what checks, terms and memories say now. */
  refreshHelp() {
    if (!this.unit) return;
    this.tryNow();
    void this.loadHelp(this.unit);
  }

  /** @param {api.Unit} unit */
  async loadHelp(unit) {
    const { view } = this;
    if (unit !== this.helped) fill(this.help);
    this.helped = unit;
    this.offers = [];
    const help = await api.suggestions(view.locale.tag, view.page, unit).catch(() => null);
    if (!help || this.unit !== unit) return;
    this.offers = help.suggestions;
    const { source } = view.app.start;
    const target = { lang: view.locale.tag, dir: view.locale.dir };
    const terms = help.terms.map((term) =>
      h("li", {}, h("span", { lang: source.tag, dir: source.dir }, term.source), " → ", ...term.targets.map((word) => h("button", { type: "button", class: "chip", onclick: () => this.insert(word), ...target }, word)), term.note && h("span", { class: "quiet-text" }, term.note)));
    const offers = help.suggestions.map((one, place) =>
      h("li", {}, h("button", { type: "button", class: "offer", onclick: () => this.accept(place) },
        h("span", { class: "offer-head" }, h("kbd", {}, `Alt ${place + 1}`), h("span", { class: "likeness" }, `${number(one.likeness)} %`), h("span", { class: "origin", dir: "ltr" }, one.origin)),
        h("span", { class: "diff", lang: source.tag, dir: source.dir }, ...difference(one.source, unit.source)),
        h("span", { class: "offer-text", ...target }, one.target))));
    const elsewhere = help.elsewhere.map((one) => h("li", {}, h("span", target, one.target), " ", h("span", { class: "origin", dir: "ltr" }, one.origin)));
    fill(
      this.help,
      terms.length ? [h("h3", {}, _("Terms")), h("ul", { class: "terms" }, ...terms)] : null,
      offers.length ? [h("h3", {}, _("Suggestions")), h("ol", { class: "offers" }, ...offers)] : null,
      elsewhere.length ? [h("h3", {}, _("The same text elsewhere")), h("ul", { class: "elsewhere" }, ...elsewhere)] : null,
    );
  }

  /** @param {string} text */
  insert(text) {
    if (this.text.readOnly) return;
    this.text.focus();
    this.text.setRangeText(text, this.text.selectionStart, this.text.selectionEnd, "end");
    this.typed();
  }

  /** Replace the text so that the browser's own undo brings it back. @param {string} text */
  put(text) {
    if (this.text.readOnly) return;
    this.text.focus();
    this.text.select();
    if (!document.execCommand("insertText", false, text)) this.text.value = text;
    this.typed();
  }

  copySource() {
    if (this.unit) this.put(this.unit.source);
  }

  /** @param {number} place */
  accept(place) {
    const offer = this.offers[place];
    if (offer) this.put(offer.target);
  }

  toggleFuzzy() {
    if (this.fuzzy.disabled) return;
    this.fuzzy.checked = !this.fuzzy.checked;
    this.toggled();
  }

  toggled() {
    this.touched = true;
    this.typed();
  }

  discard() {
    const { unit } = this;
    if (!unit) return;
    dropDraft(this.view.locale.tag, this.view.page, unit);
    this.set(this.base);
    fill(this.notice);
    this.tryNow();
  }

  /** Leave the text: what was typed and not saved stays as a draft, marked on the page. */
  settle() {
    const { unit } = this;
    if (!unit) return;
    if (this.changed) this.view.frames.setState(unit.n, "draft");
  }

  /** Save what is typed; with `next`, go on without waiting for it. @param {boolean} next */
  async save(next) {
    const { unit, view } = this;
    if (!unit || this.text.readOnly) return;
    const { wish, base } = this;
    if (same(wish, base)) {
      dropDraft(view.locale.tag, view.page, unit);
      if (next) view.moveOn();
      return;
    }
    const saving = (this.saving = this.saved(unit, base, wish));
    if (next) {
      view.moveOn();
    } else if (await saving) {
      this.say("done", _("Saved."), []);
      this.offerOthers();
    }
  }

  /** Show what another tab typed for the chosen text. */
  offerOthers() {
    const draft = this.unit && draftOf(this.view.locale.tag, this.view.page, this.unit);
    if (!draft) return;
    for (const one of [draft, ...draft.others]) {
      if (same(one, this.wish) || same(one, this.base)) continue;
      this.notice.append(h("p", { class: "say draft" }, _("In another tab you typed:"), " ", h("span", { lang: this.view.locale.tag, dir: this.view.locale.dir }, one.text || "–"), " ",
        h("button", { type: "button", class: "quiet small", onclick: () => this.put(one.text) }, _("Use it"))));
    }
  }

  /** Save, and remember it to be undone. @param {api.Unit} unit @param {api.Wish} base @param {api.Wish} wish */
  async saved(unit, base, wish) {
    const done = await this.stored(unit, base, wish);
    if (!done) return false;
    this.history.push({ n: unit.n, source: unit.source, before: base, after: wish });
    this.history.splice(0, this.history.length - MOST_UNDO);
    this.undoButton.disabled = false;
    return true;
  }

  /**
   * Whether a text could be saved; what is wrong is shown.
   * @param {api.Unit} unit @param {api.Wish} base @param {api.Wish} wish
   */
  async stored(unit, base, wish) {
    try {
      await this.store(unit, base, wish);
      return true;
    } catch (error) {
      this.failed(unit, error);
      return false;
    }
  }

  /** @param {api.Unit} unit @param {api.Wish} base @param {api.Wish} wish */
  async store(unit, base, wish) {
    const { view } = this;
    const tried = this.trialOf(unit, wish.text);
    await view.inTurn(async () => {
      // Who saves again before the page knows of the last save means what that one leaves.
      const own = this.last?.key === keyOf(unit) ? this.last : null;
      const seen = own && own.bases.some((one) => same(one, base)) ? own.wish : base;
      const found = await api.save(view.locale.tag, view.page, unit, seen, wish);
      this.last = { key: keyOf(unit), bases: [...(own?.bases ?? []), base, seen].slice(-MOST_UNDO), wish };
      const trial = await tried;
      view.saved(found, trial?.findings ?? []);
      forgetDraft(view.locale.tag, view.page, unit, wish);
      if (this.unit && keyOf(this.unit) === keyOf(unit)) this.meetSaved(found.unit, wish);
    });
  }

  /** The chosen text was saved; what was typed since stays. @param {api.Unit} unit @param {api.Wish} wish */
  meetSaved(unit, wish) {
    const mine = this.wish;
    this.unit = { ...unit, n: this.unit?.n ?? unit.n };
    this.base = wishOf(unit);
    if (same(mine, wish)) this.fuzzy.checked = unit.fuzzy;
    if (this.changed) this.keep();
    else fill(this.notice);
    this.drawAbout(this.unit);
    this.drawBefore(this.unit);
  }

  /** @param {api.Unit} unit @param {unknown} error */
  failed(unit, error) {
    const here = this.unit !== null && keyOf(this.unit) === keyOf(unit);
    const conflict = error instanceof api.Refused && error.status === 409 ? error.theirs : null;
    if (conflict && here) {
      this.ask(conflict);
      return;
    }
    const why = error instanceof api.Refused && error.status === 0 ? _("The server does not answer.") : String(error instanceof Error ? error.message : error);
    /** @type {[string, () => void]} */
    const act = here ? [_("Try again"), () => void this.save(false)] : [_("Go there"), () => this.view.chooseLike(unit)];
    this.say("error", [here ? "" : shortened(unit.source), _("Not saved; what you typed is kept in this browser."), why].filter(Boolean).join(" "), [act]);
    if (conflict) this.view.look();
  }

  /** Show both texts where somebody else changed this one. @param {api.Theirs} theirs */
  ask(theirs) {
    const { unit, view } = this;
    if (!unit) return;
    const target = { lang: view.locale.tag, dir: view.locale.dir };
    const mine = this.wish;
    fill(
      this.notice,
      h("div", { class: "conflict", role: "alert" },
        h("h3", {}, _("Another program changed this text meanwhile")),
        h("p", { class: "quiet-text" }, _("In the catalog now")),
        h("div", { class: "conflict-text", ...target }, theirs.target || "–"),
        h("p", { class: "quiet-text" }, _("Yours, with what differs")),
        h("div", { class: "conflict-text diff", ...target }, ...difference(theirs.target, mine.text)),
        h("div", { class: "actions" },
          h("button", { type: "button", onclick: () => this.takeTheirs(theirs) }, _("Take the other")),
          h("button", { type: "button", class: "primary", onclick: () => this.keepMine(theirs) }, _("Keep mine")))),
    );
  }

  /** @param {api.Theirs} theirs */
  takeTheirs(theirs) {
    this.base = { text: theirs.target, fuzzy: theirs.fuzzy, comment: theirs.comment };
    this.discard();
  }

  /** @param {api.Theirs} theirs */
  keepMine(theirs) {
    this.base = { text: theirs.target, fuzzy: theirs.fuzzy, comment: theirs.comment };
    fill(this.notice);
    void this.save(false);
  }

  /** The unit as it is on the disk now. @param {api.Unit} unit @param {boolean} isSame */
  meet(unit, isSame) {
    if (!isSame) {
      this.settle();
      this.open(unit, null, false);
      return;
    }
    const fresh = wishOf(unit);
    const mine = this.wish;
    const dirty = this.changed;
    this.unit = unit;
    this.drawAbout(unit);
    this.drawBefore(unit);
    if (same(fresh, this.base)) {
      if (dirty) this.tryNow();
      return;
    }
    // What others have written is no work of our saves.
    if (this.last && !same(fresh, this.last.wish)) this.last = null;
    if (!dirty || same(mine, fresh)) {
      this.base = fresh;
      this.set(fresh);
      dropDraft(this.view.locale.tag, this.view.page, unit);
      this.tryNow();
    } else {
      this.ask({ target: unit.target, fuzzy: unit.fuzzy, comment: unit.comment });
    }
  }

  /** Take the last save back; what was typed since stays as a draft. */
  async undo() {
    await this.saving;
    const last = this.history.pop();
    if (!last) return;
    this.undoButton.disabled = this.history.length === 0;
    const unit = this.view.units.find((one) => one.source === last.source && one.n === last.n) ?? this.view.units.find((one) => one.source === last.source);
    if (!unit) return;
    this.view.choose(unit.n);
    const typed = this.changed;
    if (!typed) this.set(last.before);
    this.saving = this.stored(unit, last.after, last.before);
    if (!(await this.saving)) {
      this.history.push(last);
      this.undoButton.disabled = false;
      return;
    }
    this.tryNow();
    this.say("done", _("The save was undone."), []);
  }

  /** @param {string} kind @param {string} text @param {[string, () => void][]} acts */
  say(kind, text, acts) {
    fill(this.notice, h("p", { class: `say ${kind}` }, text, " ", ...acts.map(([name, act]) => h("button", { type: "button", class: "quiet small", onclick: act }, name))));
  }
}

/** @param {string} state */
function stateName(state) {
  /** @type {Record<string, string>} */
  const names = { translated: _("translated"), fuzzy: _("fuzzy"), untranslated: _("untranslated"), refused: _("refused"), error: _("with an error"), warning: _("with a warning") };
  return names[state] ?? state;
}
