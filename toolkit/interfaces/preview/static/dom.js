/** Elements without markup: texts go in as texts, never as HTML. */

/** @typedef {Node | string | number | null | undefined | false} Child */

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, unknown>} [attributes]  `on…` are listeners, `true` an empty attribute
 * @param {...(Child | Child[])} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") {
      element.addEventListener(name.slice(2), /** @type {EventListener} */ (value));
    } else if (value === true) {
      element.setAttribute(name, "");
    } else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(name, String(value));
    }
  }
  element.append(...nodes(children.flat()));
  return element;
}

/** @param {Child[]} children */
export function nodes(children) {
  return children
    .filter((child) => child !== null && child !== undefined && child !== false)
    .map((child) => (typeof child === "number" ? String(child) : /** @type {Node | string} */ (child)));
}

/**
 * @param {Element} element
 * @param {...(Child | Child[])} children
 */
export function fill(element, ...children) {
  element.replaceChildren(...nodes(children.flat()));
}

/**
 * Draw something anew without taking the keyboard's place from who is in it.
 * @param {Element} element
 * @param {() => void} draw
 */
export function redraw(element, draw) {
  const active = document.activeElement;
  const inside = active instanceof HTMLElement && element.contains(active) ? active : null;
  const name = inside && nameOf(inside);
  draw();
  if (!name || inside?.isConnected) return;
  for (const one of element.querySelectorAll("a, button, summary, input, select")) {
    if (one instanceof HTMLElement && nameOf(one) === name) {
      one.focus({ preventScroll: true });
      return;
    }
  }
}

/** @param {HTMLElement} element */
function nameOf(element) {
  return [element.tagName, element.className, element.getAttribute("href") ?? element.getAttribute("data-name") ?? element.textContent].join("\n");
}
