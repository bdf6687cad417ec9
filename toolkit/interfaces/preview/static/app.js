/** The interface: where one is, what is shown there, and what the server tells. */

import * as api from "./api.js";
import { h, fill } from "./dom.js";
import { losesDrafts, setProject } from "./drafts.js";
import { Overview } from "./overview.js";
import { PageView } from "./page.js";
import { showKeys } from "./keys.js";
import { listen } from "./news.js";
import { _, setWording } from "./wording.js";

const SETTINGS = /(^|\/)(yiben|pyproject)\.toml$/;

/** @typedef {{show: () => Promise<void>, changed: (files: string[]) => void,
 *   look: () => void,
 *   checked: (page: string, locale: string) => void, key: (event: KeyboardEvent) => boolean,
 *   leave: () => boolean, element: HTMLElement}} View */

class App {
  /** @param {api.Start} start */
  constructor(start) {
    this.start = start;
    this.main = h("main", { id: "main", tabindex: "-1" });
    this.crumbs = h("nav", { class: "crumbs", "aria-label": _("You are here") });
    this.connection = h("p", { class: "connection", role: "status" });
    /** @type {View | null} */
    this.view = null;
    this.hash = "";
  }

  run() {
    const { start } = this;
    const root = document.documentElement;
    root.lang = start.interface.tag;
    root.dir = start.interface.dir;
    const skip = h("a", { class: "skip", href: "#main", onclick: (/** @type {Event} */ event) => {
      event.preventDefault();
      this.main.focus();
    } }, _("Skip to content"));
    const bar = h(
      "header",
      { class: "bar" },
      h("a", { class: "brand", href: "#/" }, h("span", { class: "logo", lang: "zh" }, "译本"), h("span", { class: "hidden" }, _("Yiben: overview"))),
      this.crumbs,
      this.connection,
      start.readOnly && h("span", { class: "chip" }, _("read only")),
      h("button", { class: "quiet", type: "button", onclick: showKeys }, _("Keys"), " ", h("kbd", {}, "?")),
    );
    fill(/** @type {Element} */ (document.getElementById("app")), skip, bar, this.main);
    window.addEventListener("hashchange", () => void this.route());
    document.addEventListener("keydown", (event) => this.key(event));
    window.addEventListener("beforeunload", (event) => {
      if (losesDrafts()) event.preventDefault();
    });
    this.listen();
    return this.route();
  }

  async route() {
    if (location.hash === this.hash && this.view) return;
    if (this.view && !this.view.leave()) {
      history.replaceState(null, "", this.hash);
      return;
    }
    const place = location.hash;
    this.hash = place;
    const [locale, page, unit] = location.hash.replace(/^#\/?/, "").split("/").map(decodeURIComponent);
    const known = this.start.locales.find((one) => one.tag === locale);
    this.view =
      known && page
        ? new PageView(this, known, page, unit === undefined ? null : Number(unit))
        : new Overview(this, known ?? null);
    this.crumb(known && page ? page : "");
    fill(this.main, this.view.element);
    try {
      await this.view.show();
      this.main.dataset.shown = place;
    } catch (error) {
      this.fail(error);
    }
  }

  /** @param {string} page */
  crumb(page) {
    const { project } = this.start;
    fill(
      this.crumbs,
      page ? h("a", { href: "#/" }, project) : h("span", { "aria-current": "page" }, project),
      page && [h("span", { class: "sep", "aria-hidden": "true" }, "/"), h("span", { "aria-current": "page", dir: "ltr" }, page)],
    );
    document.title = page ? `${page} · ${project}` : `${project} · Yiben`;
  }

  /** Keeps the address in step without going anywhere. @param {string} hash */
  setHash(hash) {
    this.hash = hash;
    history.replaceState(null, "", hash);
  }

  /** @param {unknown} error */
  fail(error) {
    const text = error instanceof api.Refused && error.status === 0
      ? _("The server does not answer.")
      : String(error instanceof Error ? error.message : error);
    fill(this.main, h("div", { class: "problem", role: "alert" }, h("h1", {}, _("This cannot be shown")), h("p", {}, text), h("p", {}, h("a", { href: "#/" }, _("Back to the overview")))));
    this.view = null;
  }

  listen() {
    listen((event) => {
      this.connection.classList.toggle("lost", event.kind === "lost");
      this.connection.textContent = event.kind === "lost" ? _("No connection to the server; what you type is kept in this browser.") : event.problem ?? "";
      if (event.kind === "again") this.view?.look();
      if (event.kind === "changed") {
        if (event.files.some((file) => SETTINGS.test(file))) void this.resettle();
        // What could not be shown may be mended now.
        if (this.view) this.view.changed(event.files);
        else void this.route();
      }
      if (event.kind === "checked") this.view?.checked(event.page, event.locale);
    });
  }

  /** Take over languages and names from settings that changed. What is being typed stays. */
  async resettle() {
    const start = await api.start().catch(() => null);
    if (!start) return;
    const { project, source, locales } = this.start;
    const same = JSON.stringify([project, source, locales]) === JSON.stringify([start.project, start.source, start.locales]);
    this.start = start;
    if (same || this.view instanceof PageView) return;
    this.view?.leave();
    this.view = null;
    await this.route();
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (document.querySelector("dialog[open]")) return;
    if (this.view?.key(event)) {
      event.preventDefault();
      return;
    }
    const typing = event.target instanceof HTMLElement && event.target.matches("input, textarea, select");
    if ((event.key === "?" && !typing) || event.key === "F1") {
      event.preventDefault();
      showKeys();
    }
  }
}

/** @typedef {App} AppType */

async function main() {
  try {
    const start = await api.start();
    setWording(start.wording, start.interface.tag);
    setProject(start.id);
    await new App(start).run();
  } catch (error) {
    const root = /** @type {Element} */ (document.getElementById("app"));
    fill(root, h("main", { class: "problem", role: "alert" }, h("h1", {}, "Yiben"), h("p", {}, String(error instanceof Error ? error.message : error))));
  }
}

void main();
