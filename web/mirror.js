// The accessible mirror: applies the changes that the module hands over once a frame to the page's elements.
//
// An update is an object whose members may all be absent:
//   nodes     elements that are new or changed: {i: key, g: kind of element, a: attributes, t: text, v: value, k: keys claimed, e: more attributes,
//             file, many, press, drag, menu, modal, above, scroll: [width, height, sideways], style: field's text, native: the browser shows its text}
//   children  [parent, child, …] for each parent whose children changed, in reading order; 1 is the root
//   boxes     key, x, y, width, height, … in sixteenths of a pixel, from the parent's corner (in its content, if it scrolls)
//   gone      keys of elements to remove
//   scroll    [key, from the top, or from the left of what scrolls sideways, smooth]   focus  [key, ring]   say  [sentence, urgent]

/**
 * @typedef {object} Node
 * @property {number} i
 * @property {string} g
 * @property {Record<string, string>} a
 * @property {string} [t]
 * @property {string | number} [v]
 * @property {number} [k]
 * @property {Record<string, string>} [e]
 * @property {string} [file]
 * @property {number} [many]
 * @property {number} [press]
 * @property {number} [drag]
 * @property {number} [menu]
 * @property {number} [modal]
 * @property {number} [above]
 * @property {[number, number, number]} [scroll]
 * @property {number[]} [style]
 * @property {number} [native]
 */

/**
 * @typedef {object} Update
 * @property {Node[]} [nodes]
 * @property {number[][]} [children]
 * @property {number[]} [boxes]
 * @property {number[]} [gone]
 * @property {[number, number, number][]} [scroll]
 * @property {[number, number]} [focus]
 * @property {[string, number]} [say]
 */

/**
 * @typedef {object} Entry
 * @property {HTMLElement} element
 * @property {Node} node
 * @property {HTMLElement | null} spacer  as large as what scrolls
 * @property {[number, number]} told  scroll position that the module knows
 * @property {boolean} focusable  made so for a focus that the program moved there
 */

const rootKey = 1;
/** @type {WeakMap<Element, Entry>} */
const entries = new WeakMap();
/** Kinds of elements that are used again: they keep nothing of their own that their attributes do not say, as a text field does. */
const reusable = new Set(['div', 'span', 'a', 'button', 'range']);
/** How many of a kind wait to be used again: a screen full of rows. */
const spares = 200;

/** @param {Node} node */
function create(node) {
  const inputs = ['text', 'search', 'range'];
  const element = document.createElement(inputs.includes(node.g) ? 'input' : node.g);
  element.id = `m${node.i}`;
  if (element instanceof HTMLButtonElement) element.type = 'button';
  if (element instanceof HTMLInputElement) element.type = node.g;
  if (node.g === 'text' || node.g === 'search' || node.g === 'textarea') {
    element.className = 'field';
    element.setAttribute('autocomplete', 'off');
    element.setAttribute('autocapitalize', 'off');
    element.setAttribute('autocorrect', 'off');
  }
  return element;
}

/**
 * @param {HTMLElement} element
 * @param {Record<string, string>} before
 * @param {Record<string, string>} now
 */
function setAttributes(element, before, now) {
  for (const name of Object.keys(before)) if (!(name in now)) element.removeAttribute(name);
  for (const [name, value] of Object.entries(now)) if (before[name] !== value) element.setAttribute(name, value);
}

export class Mirror {
  /** @type {Map<number, Entry>} */
  #known = new Map();
  /** @type {Set<number>} */
  #scrolling = new Set();
  /** Elements of rows that were scrolled away, by kind. Making new ones, and clearing the old ones away, costs more than saying something else of them. @type {Map<string, Entry[]>} */
  #spare = new Map();
  #root;
  #polite;
  #urgent;
  /** @type {HTMLElement | null} */
  #modal = null;
  /** @type {Element | null} */
  #beforeModal = null;
  /** A key was the last thing used, so a focus that the program moves shows its ring. */
  ringWanted = false;

  /** @param {HTMLElement} root @param {HTMLElement} polite @param {HTMLElement} urgent */
  constructor(root, polite, urgent) {
    this.#root = root;
    this.#polite = polite;
    this.#urgent = urgent;
  }

  /** @param {EventTarget | null} target @returns {Entry | undefined} the mirrored element at or around it */
  entryOf(target) {
    for (let element = target instanceof Element ? target : null; element && element !== this.#root; element = element.parentElement) {
      const entry = entries.get(element);
      if (entry) return entry;
    }
    return undefined;
  }

  /** Everything that scrolls; a handful. */
  *scrolling() {
    for (const key of this.#scrolling) {
      const entry = this.#known.get(key);
      if (entry) yield entry;
      else this.#scrolling.delete(key);
    }
  }

  /** @param {number} key */
  element(key) {
    return key === rootKey ? this.#root : this.#known.get(key)?.element;
  }

  /** @param {Update} update */
  update(update) {
    for (const node of update.nodes ?? []) this.#set(node);
    for (const [parent, ...children] of update.children ?? []) this.#place(parent, children);
    const boxes = update.boxes ?? [];
    for (let at = 0; at < boxes.length; at += 5) {
      const style = this.#known.get(boxes[at])?.element.style;
      if (!style) continue;
      style.left = `${boxes[at + 1] / 16}px`;
      style.top = `${boxes[at + 2] / 16}px`;
      style.width = `${boxes[at + 3] / 16}px`;
      style.height = `${boxes[at + 4] / 16}px`;
    }
    for (const key of update.gone ?? []) {
      const entry = this.#known.get(key);
      this.#known.delete(key);
      if (entry) this.#drop(entry);
    }
    if (update.nodes || update.children || update.gone) this.#holdFocusInDialog();
    for (const [key, to, smooth] of update.scroll ?? []) {
      const element = this.element(key);
      const side = element?.classList.contains('sideways') ? 'left' : 'top';
      element?.scrollTo({ [side]: to, behavior: smooth ? 'smooth' : 'instant' });
    }
    if (update.focus) this.#focus(update.focus[0], update.focus[1] !== 0);
    if (update.say) {
      const region = update.say[1] ? this.#urgent : this.#polite;
      // The same sentence twice is two events.
      region.textContent = region.textContent === update.say[0] ? `${update.say[0]}\u00a0` : update.say[0];
    }
  }

  /** @param {Entry} entry */
  #drop(entry) {
    const { element, node } = entry;
    // Most went with the row that they were in.
    if (element.isConnected) element.remove();
    entries.delete(element);
    const spare = this.#spare.get(node.g) ?? [];
    this.#spare.set(node.g, spare);
    if (reusable.has(node.g) && !entry.spacer && !entry.focusable && !element.inert && spare.length < spares) spare.push(entry);
  }

  /** @param {Node} node @returns {Entry} of an element that says nothing yet, or something that is about to be replaced */
  #make(node) {
    const entry = this.#spare.get(node.g)?.pop();
    if (!entry) return { element: create(node), node: { i: node.i, g: node.g, a: {} }, spacer: null, told: [0, 0], focusable: false };
    entry.element.id = `m${node.i}`;
    if (entry.element.childElementCount > 0) {
      entry.element.replaceChildren();
      entry.element.classList.remove('said');
      entry.node = { ...entry.node, t: undefined };
    }
    return entry;
  }

  /** @param {Node} node */
  #set(node) {
    let entry = this.#known.get(node.i);
    if (entry && entry.node.g !== node.g) {
      const element = create(node);
      element.style.cssText = entry.element.style.cssText;
      const focused = document.activeElement === entry.element;
      element.append(...entry.element.children);
      entry.element.replaceWith(element);
      if (focused) element.focus({ preventScroll: true });
      entry = { element, node: { i: node.i, g: node.g, a: {} }, spacer: entry.spacer, told: [0, 0], focusable: false };
    } else if (!entry) {
      entry = this.#make(node);
    }
    const { element } = entry;
    const before = entry.node;
    this.#known.set(node.i, entry);
    entries.set(element, entry);
    setAttributes(element, { ...before.a, ...before.e }, { ...node.a, ...node.e });
    if (node.t !== before.t) {
      if (element.childElementCount === 0) element.textContent = node.t ?? '';
      element.classList.toggle('said', node.t !== undefined);
    }
    if (element instanceof HTMLAnchorElement && node.a.href !== before.a.href) {
      const outside = !(node.a.href ?? '').startsWith('#');
      element.target = outside ? '_blank' : '';
      element.rel = outside ? 'noopener noreferrer' : '';
    }
    if (node.v !== undefined && (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement)) {
      const value = String(node.v);
      if (element.value !== value && !element.classList.contains('composing')) element.value = value;
    }
    if (node.scroll) {
      if (!entry.spacer) {
        entry.spacer = document.createElement('div');
        entry.spacer.className = 'spacer';
        entry.spacer.setAttribute('role', 'presentation');
        element.prepend(entry.spacer);
        element.classList.add('scroll');
        this.#scrolling.add(node.i);
      }
      element.classList.toggle('sideways', node.scroll[2] !== 0);
      entry.spacer.style.width = node.scroll[2] ? `${node.scroll[0]}px` : '1px';
      entry.spacer.style.height = `${node.scroll[1]}px`;
    }
    if (node.style) {
      const [left, right, top, size, weight, line] = node.style;
      const vertical = node.g === 'textarea' ? top : 0;
      element.style.padding = `${vertical}px ${right}px ${vertical}px ${left}px`;
      element.style.fontSize = `${size}px`;
      element.style.fontWeight = String(weight);
      element.style.lineHeight = `${line}px`;
      element.classList.toggle('native', node.native !== undefined);
    }
    if (node.above !== before.above) element.classList.toggle('above', node.above !== undefined);
    if (node.drag !== before.drag) element.classList.toggle('drag', node.drag !== undefined);
    entry.node = node;
  }

  /**
   * Puts the children in order without taking the one that has the focus out of the page, which would lose it.
   * @param {number} key @param {number[]} children
   */
  #place(key, children) {
    const parent = this.element(key);
    if (!parent) return;
    const spacer = this.#known.get(key)?.spacer ?? null;
    const wanted = children.map((child) => this.#known.get(child)?.element).filter((element) => element !== undefined);
    const wantedSet = new Set(wanted);
    const focused = document.activeElement;
    for (const child of Array.from(parent.children)) {
      if (child === spacer || wantedSet.has(/** @type {HTMLElement} */ (child))) continue;
      // What moves to another parent is taken from here by its new one; it stays until then if it has the focus.
      if (!child.contains(focused)) child.remove();
    }
    if (wanted.length > 0 && parent.childNodes.length > 0 && parent.firstChild?.nodeType === 3) parent.firstChild.remove();
    let next = spacer ? spacer.nextElementSibling : parent.firstElementChild;
    for (const child of wanted) {
      // One that stays only for its focus stands in nobody's way: whatever is moved past it would lose its scroll position.
      while (next && !wantedSet.has(/** @type {HTMLElement} */ (next))) next = next.nextElementSibling;
      if (next === child) {
        next = child.nextElementSibling;
        continue;
      }
      if (child.parentElement === parent && focused && child.contains(focused)) {
        while (next && next !== child) {
          const passed = next;
          next = next.nextElementSibling;
          parent.append(passed);
        }
        next = child.nextElementSibling;
        continue;
      }
      const moved = focused instanceof HTMLElement && child.contains(focused);
      parent.insertBefore(child, next);
      // To another parent it cannot go without losing the focus for a moment.
      if (moved && document.activeElement !== focused) focused.focus({ preventScroll: true });
    }
  }

  /** While a modal dialog is there, nothing else can be reached; afterwards the focus goes back to where it was. */
  #holdFocusInDialog() {
    /** @type {HTMLElement | null} */
    let modal = null;
    for (const child of this.#root.children) if (entries.get(child)?.node.modal) modal = /** @type {HTMLElement} */ (child);
    if (modal === null && this.#modal === null) return;
    let behind = true;
    for (const child of this.#root.children) {
      if (child === modal) behind = false;
      /** @type {HTMLElement} */ (child).inert = modal !== null && behind;
    }
    if (modal && !this.#modal) this.#beforeModal = document.activeElement;
    if (!modal && this.#modal) {
      const before = this.#beforeModal;
      if (before instanceof HTMLElement && before.isConnected && (document.activeElement === document.body || document.activeElement === null)) {
        before.focus({ preventScroll: true });
      }
    }
    this.#modal = modal;
  }

  /** @param {number} key @param {boolean} ring */
  #focus(key, ring) {
    const element = this.element(key);
    if (!element) return;
    if (ring) this.ringWanted = true;
    if (element.tabIndex < 0 && !element.hasAttribute('tabindex')) {
      element.tabIndex = -1;
      const entry = entries.get(element);
      if (entry) entry.focusable = true;
    }
    element.focus();
  }
}
