/** The two sides of a page: frames without scripts, whose elements this side of them listens to. */

import { h } from "./dom.js";
import { _ } from "./wording.js";

/** @typedef {import("./api.js").Unit} Unit */
/** @typedef {{choose: (n: number) => void, key: (event: KeyboardEvent) => void}} Listener */

const SCROLL_PAUSE = 120;
const DARK = matchMedia("(prefers-color-scheme: dark)");

/**
 * The window of a frame; none while the browser shows a page of its own there, such as an error.
 * @param {HTMLIFrameElement} frame
 */
function readable(frame) {
  return frame.contentDocument && frame.contentWindow;
}

export class Frames {
  /** @param {Listener} listener @param {string} source @param {string} target */
  constructor(listener, source, target) {
    this.listener = listener;
    this.source = this.frame(_("Source page"));
    this.target = this.frame(_("Localized page"));
    this.addresses = { source, target };
    /** @type {HTMLIFrameElement | null} */
    this.leading = null;
    this.leadingUntil = 0;
    /** @type {Map<number, string>} */
    this.states = new Map();
    this.chosen = -1;
    /** Elements by the number of their unit. @type {Map<HTMLIFrameElement, Map<number, HTMLElement[]>>} */
    this.index = new Map();
    DARK.addEventListener("change", () => this.both.forEach((one) => one.contentDocument && shade(one.contentDocument)));
  }

  /** @param {string} title */
  frame(title) {
    return h("iframe", { title, sandbox: "allow-same-origin", class: "side" });
  }

  get both() {
    return [this.source, this.target];
  }

  async load() {
    const tops = this.both.map((frame) => readable(frame)?.scrollY ?? 0);
    await Promise.all([
      this.open(this.source, this.addresses.source),
      this.open(this.target, this.addresses.target),
    ]);
    this.both.forEach((frame, place) => readable(frame)?.scrollTo(0, tops[place] ?? 0));
    this.drawStates();
    this.drawChosen();
  }

  /** @param {HTMLIFrameElement} frame @param {string} address @returns {Promise<void>} */
  open(frame, address) {
    return new Promise((resolve) => {
      frame.addEventListener("load", () => {
        this.attach(frame);
        resolve();
      }, { once: true });
      frame.src = `${address}?${Date.now()}`;
    });
  }

  /** @param {HTMLIFrameElement} frame */
  attach(frame) {
    const document = frame.contentDocument;
    if (!document) return;
    this.index.set(frame, indexOf(document));
    shade(document);
    document.addEventListener("click", (event) => this.click(event));
    document.addEventListener("mouseover", (event) => this.hover(unitOf(event.target)));
    document.addEventListener("mouseleave", () => this.hover(-1));
    document.addEventListener("keydown", (event) => this.listener.key(event));
    frame.contentWindow?.addEventListener("scroll", () => this.scrolled(frame), { passive: true });
    frame.contentWindow?.addEventListener("wheel", () => this.lead(frame), { passive: true });
    frame.contentWindow?.addEventListener("pointerdown", () => this.lead(frame), { passive: true });
    frame.contentWindow?.addEventListener("touchstart", () => this.lead(frame), { passive: true });
  }

  /** @param {MouseEvent} event */
  click(event) {
    const element = /** @type {Element | null} */ (event.target);
    if (element?.closest("a[data-href]")) event.preventDefault();
    const n = unitOf(element);
    if (n >= 0) this.listener.choose(n);
  }

  /** @param {number} n */
  hover(n) {
    for (const frame of this.both) {
      for (const one of frame.contentDocument?.querySelectorAll(".yiben-hover") ?? []) one.classList.remove("yiben-hover");
      for (const one of this.elements(frame, n)) one.classList.add("yiben-hover");
    }
  }

  /** @param {HTMLIFrameElement} frame @param {number} n @returns {HTMLElement[]} */
  elements(frame, n) {
    return this.index.get(frame)?.get(n) ?? [];
  }

  /** Whether a text has a place on the page. @param {number} n */
  has(n) {
    return this.both.some((frame) => this.elements(frame, n).length > 0);
  }

  /** @param {Map<number, string>} states */
  setStates(states) {
    this.states = states;
    this.drawStates();
  }

  drawStates() {
    for (const [n, elements] of this.index.get(this.target) ?? []) {
      const state = this.states.get(n);
      if (state === undefined) continue;
      for (const one of elements) if (one.dataset.state !== state) one.dataset.state = state;
    }
  }

  /** @param {number} n @param {string} state */
  setState(n, state) {
    this.states.set(n, state);
    for (const one of this.elements(this.target, n)) one.dataset.state = state;
  }

  /**
   * Show what a translation looks like. The server made the HTML harmless, and the frame runs
   * nothing.
   * @param {number} n @param {string} html
   */
  setHtml(n, html) {
    const elements = this.elements(this.target, n).filter((one) => one.dataset.unit !== undefined);
    for (const one of elements) one.innerHTML = html;
    for (const one of this.elements(this.target, n)) {
      if (one.dataset.part !== undefined && one.hasAttribute("alt") && one.dataset.part === String(n)) one.setAttribute("alt", html);
    }
  }

  /** @param {number} n @param {boolean} [scroll] */
  choose(n, scroll = true) {
    this.chosen = n;
    this.drawChosen();
    if (!scroll) return;
    const [own] = this.elements(this.target, n);
    const [partner] = this.elements(this.source, n);
    if (own) reveal(own);
    if (partner) reveal(partner);
    if (own && partner) this.level(partner, own);
  }

  /** Bring the source of a text to the height that the text has. @param {Element} one @param {Element} other */
  level(one, other) {
    const offset = one.getBoundingClientRect().top - other.getBoundingClientRect().top;
    this.source.contentWindow?.scrollBy({ top: offset, behavior: "instant" });
  }

  drawChosen() {
    for (const frame of this.both) {
      for (const one of frame.contentDocument?.querySelectorAll(".yiben-chosen") ?? []) one.classList.remove("yiben-chosen");
      for (const one of this.elements(frame, this.chosen)) one.classList.add("yiben-chosen");
    }
  }

  /** @param {HTMLIFrameElement} frame */
  lead(frame) {
    this.leading = frame;
    this.leadingUntil = performance.now() + SCROLL_PAUSE * 8;
  }

  /** Bring the other side to the text that is at the top here. @param {HTMLIFrameElement} frame */
  scrolled(frame) {
    if (this.leading !== frame || performance.now() > this.leadingUntil) return;
    this.leadingUntil = performance.now() + SCROLL_PAUSE * 8;
    const other = frame === this.source ? this.target : this.source;
    const top = firstVisible(frame);
    if (!top) return;
    const [partner] = this.elements(other, unitOf(top));
    if (!partner || !other.contentWindow) return;
    const offset = partner.getBoundingClientRect().top - top.getBoundingClientRect().top;
    other.contentWindow.scrollBy({ top: offset, behavior: "instant" });
  }
}

/** Light or dark, as the system is. @param {Document} document */
function shade(document) {
  document.documentElement.dataset.theme = DARK.matches ? "dark" : "light";
}

/** @param {Document} document @returns {Map<number, HTMLElement[]>} */
function indexOf(document) {
  /** @type {Map<number, HTMLElement[]>} */
  const index = new Map();
  for (const one of document.querySelectorAll("[data-unit], [data-part]")) {
    const numbers = `${one.getAttribute("data-unit") ?? ""} ${one.getAttribute("data-part") ?? ""}`;
    for (const n of numbers.split(" ").filter(Boolean).map(Number)) {
      const known = index.get(n);
      if (known) known.push(/** @type {HTMLElement} */ (one));
      else index.set(n, [/** @type {HTMLElement} */ (one)]);
    }
  }
  return index;
}

/** @param {EventTarget | null} target */
function unitOf(target) {
  const element = /** @type {Element | null} */ (target)?.closest?.("[data-unit], [data-part]");
  if (!element) return -1;
  const part = element.getAttribute("data-part")?.split(" ")[0];
  return Number(element.getAttribute("data-unit") ?? part ?? -1);
}

/** @param {HTMLIFrameElement} frame @returns {HTMLElement | null} */
function firstVisible(frame) {
  const all = frame.contentDocument?.querySelectorAll("[data-unit]") ?? [];
  let low = 0;
  let high = all.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((all[middle]?.getBoundingClientRect().bottom ?? 0) < 24) low = middle + 1;
    else high = middle;
  }
  return /** @type {HTMLElement | null} */ (all[low] ?? null);
}

/** Open what hides an element, and scroll to it. @param {HTMLElement} element */
function reveal(element) {
  for (let details = element.closest("details"); details; details = details.parentElement?.closest("details") ?? null) details.open = true;
  const block = element.closest(".tabbed-block, .tab-content");
  const set = block?.closest(".tabbed-set");
  if (block && set) {
    const place = [...(block.parentElement?.children ?? [])].indexOf(block);
    const input = set.querySelectorAll(":scope > input")[place];
    if (input instanceof Object && "checked" in input) input.checked = true;
  }
  const box = element.getBoundingClientRect();
  const height = element.ownerDocument.documentElement.clientHeight;
  if (box.top < 40 || box.bottom > height - 40) element.scrollIntoView({ block: "center", behavior: "instant" });
}
