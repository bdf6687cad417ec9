/* The menu of languages of this book, written by `yiben build`: see its setting "switcher". */
"use strict";
/** @typedef {{tag: string, name: string, direction: string, folder: string, lacks: string[]}} Book */
/** @typedef {{book: string, language: string, depth: number, pages: string[], books: Book[]}} Site */
(() => {
  const { book, language, depth, pages, books } = /** @type {Site} */ ({});
  const script = /** @type {HTMLScriptElement | null} */ (document.currentScript);
  const bar = document.querySelector(".menu-bar .right-buttons");
  if (!script || !bar) return;

  // A book that is built in another language than its settings name was made by a preprocessor.
  const root = document.documentElement;
  const shown = root.lang.replaceAll("_", "-").toLowerCase();
  const own = books.find((one) => one.tag === book);
  const other = books.find((one) => one.tag.toLowerCase() === shown);
  const here = (shown !== language.toLowerCase() && other) || own;
  if (!here) return;

  /** @param {number} count */
  const up = (count) => "../".repeat(count) || "./";
  const start = new URL(up(depth), script.src);
  const site = new URL(up(here.folder.split("/").length - 1), start);
  const inside = location.pathname.startsWith(start.pathname);
  const path = inside ? location.pathname.slice(start.pathname.length) : "";
  const page = plain(path).replace(/\.html$/, "").replace(/(^|\/)index$/, "$1");

  /** @param {string} text */
  function plain(text) {
    try {
      return decodeURIComponent(text);
    } catch {
      return text;
    }
  }

  /** @param {Book} one */
  function address(one) {
    const there = one === here || page === "" || page === "print"
      || (pages.includes(page) && !one.lacks.includes(page));
    const url = new URL(one.folder + (there && inside ? path : "index.html"), site);
    if (there) url.hash = location.hash;
    return url.href;
  }

  /** @param {string} name @param {Record<string, string>} attributes */
  function element(name, attributes) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  }

  const box = element("nav", { class: "languages" });
  const button = element("button", {
    "class": "icon-button",
    "type": "button",
    "lang": here.tag,
    "aria-expanded": "false",
    "aria-controls": "languages-list",
  });
  button.textContent = here.name;
  const list = element("ul", { id: "languages-list", hidden: "" });
  const links = new Map(books.map((one) => {
    const link = /** @type {HTMLAnchorElement} */ (
      element("a", { lang: one.tag, hreflang: one.tag, dir: one.direction })
    );
    link.textContent = one.name;
    if (one === here) link.setAttribute("aria-current", "true");
    const item = element("li", {});
    item.append(link);
    list.append(item);
    return [one, link];
  }));

  function lead() {
    for (const [one, link] of links) link.href = address(one);
  }

  /** @param {boolean} open */
  function show(open) {
    list.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
  }

  /** @param {KeyboardEvent} event */
  function move(event) {
    const all = [...links.values()];
    const place = all.findIndex((link) => link === document.activeElement);
    const count = all.length;
    const next = new Map([
      ["ArrowDown", (place + 1) % count],
      ["ArrowUp", (Math.max(place, 0) + count - 1) % count],
      ["Home", 0],
      ["End", count - 1],
    ]).get(event.key);
    if (event.key === "Escape" && !list.hidden) {
      show(false);
      button.focus();
    } else if (next !== undefined && (!list.hidden || event.key === "ArrowDown")) {
      show(true);
      all[next]?.focus();
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  const style = element("style", {});
  style.textContent = `
    .languages { display: inline-block; position: relative; }
    .menu-bar .languages .icon-button { font-size: 0.8em; padding: 0 8px; white-space: nowrap; }
    .languages ul { background: var(--theme-popup-bg); border: 1px solid var(--theme-popup-border);
      border-radius: 4px; inset-inline-end: 0; list-style: none; margin: 0; max-height: 70vh;
      overflow: auto; padding: 0; position: absolute; top: 100%; z-index: 1000; }
    .languages a { color: var(--fg); display: block; font-size: 0.8em; line-height: 1.8;
      padding: 2px 20px; white-space: nowrap; }
    .languages a:hover, .languages a:focus { background: var(--theme-hover); }
    .languages a[aria-current] { font-weight: bold; }`;
  button.addEventListener("click", () => show(Boolean(list.hidden)));
  box.addEventListener("keydown", move);
  box.addEventListener("focusout", (event) => {
    if (!box.contains(/** @type {Node | null} */ (event.relatedTarget))) show(false);
  });
  document.addEventListener("click", (event) => {
    if (!box.contains(/** @type {Node} */ (event.target))) show(false);
  });
  window.addEventListener("hashchange", lead);
  box.append(button, list);
  bar.prepend(box);
  document.head.append(style);
  lead();
})();
