/** The keys of the page view, one each, and the list of them. */

import { h } from "./dom.js";
import { _ } from "./wording.js";

/** A text that is translated where it is shown. @param {string} text */
const N_ = (text) => text;

/** @typedef {{name: string, keys: string, test: (event: KeyboardEvent) => boolean}} Key */

/** @param {string} code */
const alt = (code) => (/** @type {KeyboardEvent} */ event) =>
  event.altKey && !event.ctrlKey && !event.metaKey && event.code === code;
/** @param {KeyboardEvent} event */
const command = (event) => (event.ctrlKey || event.metaKey) && !event.altKey;

/** @type {Record<string, Key>} */
export const KEYS = {
  saveNext: { name: N_("Save and go to the next text"), keys: "Ctrl Enter", test: (e) => command(e) && e.key === "Enter" },
  save: { name: N_("Save"), keys: "Ctrl S", test: (e) => command(e) && e.key.toLowerCase() === "s" },
  previous: { name: N_("Previous text"), keys: "Alt ↑", test: alt("ArrowUp") },
  next: { name: N_("Next text"), keys: "Alt ↓", test: alt("ArrowDown") },
  untranslated: { name: N_("Next untranslated text"), keys: "Alt U", test: alt("KeyU") },
  fuzzy: { name: N_("Next fuzzy text"), keys: "Alt F", test: alt("KeyF") },
  finding: { name: N_("Next text with a finding"), keys: "Alt E", test: alt("KeyE") },
  copy: { name: N_("Copy the source"), keys: "Alt C", test: alt("KeyC") },
  accept: { name: N_("Take a suggestion"), keys: "Alt 1 … 5", test: (e) => e.altKey && /^Digit[1-5]$/.test(e.code) },
  toggle: { name: N_("Fuzzy on or off"), keys: "Alt G", test: alt("KeyG") },
  undo: { name: N_("Undo the last save"), keys: "Alt Z", test: alt("KeyZ") },
  close: { name: N_("Back to the overview"), keys: "Alt O", test: alt("KeyO") },
};

/** @param {string} keys */
export function keyNames(keys) {
  return keys.split(" ").map((key) => (key === "…" ? " … " : h("kbd", {}, key)));
}

export function showKeys() {
  const close = h("button", { type: "button", class: "primary", onclick: () => dialog.close() }, _("Close"));
  const dialog = h(
    "dialog",
    { class: "keys", "aria-labelledby": "keys-title" },
    h("h2", { id: "keys-title" }, _("Keys")),
    h(
      "dl",
      {},
      ...Object.values(KEYS).flatMap((key) => [h("dt", {}, _(key.name)), h("dd", { dir: "ltr" }, ...keyNames(key.keys))]),
      h("dt", {}, _("This list")),
      h("dd", { dir: "ltr" }, h("kbd", {}, "?"), " ", h("kbd", {}, "F1")),
    ),
    close,
  );
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
