// What the person does, on the canvas and on the mirror above it, told to the module.
//
// The pointer goes to Dear ImGui by its position, whatever element is under it. Elements act by themselves where the browser does it better: links
// navigate, text fields edit, containers scroll. Presses without a pointer (keyboard, screen reader, script) are told by the element's key.

import { Action, Happening } from './host-boundary.js';
import { takeSharedFiles } from './shared-file.js';

/** `mirror::Item::keys`, as in wasm/platform/input.hpp. */
const claims = { upDown: 1, leftRight: 2, homeEnd: 4, pages: 8, enter: 16, space: 32, escape: 64, digits: 128, deletes: 256, letters: 512 };

/** @type {Record<string, number>} */
const claimOf = {
  ArrowUp: claims.upDown,
  ArrowDown: claims.upDown,
  ArrowLeft: claims.leftRight,
  ArrowRight: claims.leftRight,
  Home: claims.homeEnd,
  End: claims.homeEnd,
  PageUp: claims.pages,
  PageDown: claims.pages,
  Enter: claims.enter,
  ' ': claims.space,
  Escape: claims.escape,
  Delete: claims.deletes,
  Backspace: claims.deletes,
};

/** @param {string} key */
function claimFor(key) {
  if (/^[0-9]$/.test(key)) return claims.digits;
  return claimOf[key] ?? ([...key].length === 1 ? claims.letters : 0);
}

const cursors = ['default', 'text', 'move', 'ns-resize', 'ew-resize', 'nesw-resize', 'nwse-resize', 'pointer', 'wait', 'progress', 'not-allowed'];
/** Pasted text beyond this many characters is not a list of ratings. */
const pasteLimit = 64 * 1024 * 1024;
/** Frames in which a press and what it changes have come through. */
const settleFrames = 5;
/** Milliseconds that a finger lies still before it asks for what can be done, and how many pixels still is. */
const longPressTime = 500;
const stillness = 10;
/** Pixels to leave between a field and the edge that it was brought in from. */
const fieldMargin = 12;
/** A range with such a thumb takes a finger for it whatever `touch-action` says: nothing would scroll, and a page pushed a little would be rated. */
const rangeTakesFinger = CSS.supports('selector(::-moz-range-thumb)');
const apple = /Mac|iPhone|iPad/.test(navigator.platform);

/** @param {EventTarget | null} target @returns {target is HTMLInputElement | HTMLTextAreaElement} */
function isTextField(target) {
  return target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && target.type !== 'range');
}

/** @param {DragEvent} event */
function bringsFiles(event) {
  return event.dataTransfer?.types.includes('Files') ?? false;
}

export class Input {
  #root;
  #mirror;
  #host;
  #calls;
  /** @type {Map<string, boolean>} chord to whether it also works in text fields */
  #shortcuts = new Map();
  /** @type {[number, number, number] | null} */
  #moved = null;
  #requestFrame;
  #drawNow;
  /** Something was pressed that has not come through yet. */
  #acted = false;
  #picker = document.createElement('input');
  #pickedFor = 0;
  #dragDepth = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #longPress;
  /** @type {[number, number] | null} */
  #longPressFrom = null;
  /** The press under way, or the last one, was long and has been answered. */
  #pressedLong = false;
  #fingerDown = false;
  /** A button or a finger is down as far as the page was told. */
  #down = false;
  /** What the finger came down on, until its click; null if none did. @type {number | null} */
  #fingerOn = null;
  /** The slider that a finger lies on. @type {HTMLInputElement | null} */
  #touched = null;
  /** Pixels each single-line field is scrolled by, as last told. @type {WeakMap<Element, number>} */
  #scrolled = new WeakMap();

  /**
   * @param {HTMLElement} root
   * @param {import('./mirror.js').Mirror} mirror
   * @param {import('./host.js').Host} host
   * @param {import('./host-boundary.js').Calls} calls
   * @param {() => void} requestFrame
   * @param {() => boolean} drawNow  draws a frame at once; true if another is wanted straight after
   */
  constructor(root, mirror, host, calls, requestFrame, drawNow) {
    this.#root = root;
    this.#mirror = mirror;
    this.#host = host;
    this.#calls = calls;
    this.#requestFrame = requestFrame;
    this.#drawNow = drawNow;
    this.#listenToPointer();
    // Two frames later everything stands where it belongs in the new height.
    const reveal = () => requestAnimationFrame(() => requestAnimationFrame(() => this.revealField()));
    addEventListener('resize', reveal);
    visualViewport?.addEventListener('resize', reveal);
    this.#listenToKeys();
    this.#listenToElements();
    this.#listenToFiles();
  }

  /** @param {number} cursor */
  setCursor(cursor) {
    this.#root.style.cursor = cursors[cursor] ?? 'default';
  }

  /** @param {string} list */
  setShortcuts(list) {
    this.#shortcuts.clear();
    for (const line of list.split('\n')) {
      const dash = line.indexOf('-');
      if (dash < 0) continue;
      const mods = line.slice(0, dash);
      const chord = mods.replace('T', '') + line.slice(dash);
      this.#shortcuts.set(chord, mods.includes('T') || (this.#shortcuts.get(chord) ?? false));
    }
  }

  /** Before a frame: where the pointer has come to since the last one. */
  flush() {
    if (!this.#moved) return;
    const [x, y, source] = this.#moved;
    this.#moved = null;
    this.#calls.pointer(0, x, y, 0, source);
  }

  /** The browser tells of scrolling only before the next frame; a press may come sooner, at where things stand by then. */
  #tellScrolling() {
    for (const entry of this.#mirror.scrolling()) {
      const { scrollLeft, scrollTop } = entry.element;
      if (entry.told[0] === scrollLeft && entry.told[1] === scrollTop) continue;
      entry.told = [scrollLeft, scrollTop];
      this.#calls.action(Action.scroll, entry.node.i, { x: scrollLeft, number: scrollTop });
    }
  }

  // Pointer ------------------------------------------------------------------------------------------------------------------------------

  #listenToPointer() {
    const root = this.#root;
    const sourceOf = (/** @type {PointerEvent} */ event) => (event.pointerType === 'touch' ? 1 : event.pointerType === 'pen' ? 2 : 0);
    const buttonOf = (/** @type {PointerEvent} */ event) => [0, 2, 1, 3, 4][event.button] ?? 0;
    const released = (/** @type {PointerEvent} */ event) => {
      if (!event.isPrimary) return;
      this.#down = false;
      this.settle();
      this.flush();
      this.#forgetLongPress();
      if (this.#pressedLong) {
        // A press that was answered by a menu presses nothing else.
        this.#moved = null;
        this.#calls.pointer(3, 0, 0, 0, sourceOf(event));
        this.#act();
        return;
      }
      this.#calls.pointer(2, event.clientX, event.clientY, buttonOf(event), sourceOf(event));
      this.#act();
    };
    root.addEventListener('pointerdown', (event) => {
      this.#mirror.ringWanted = false;
      if (!event.isPrimary) return;
      this.settle();
      const { target } = event;
      const entry = this.#mirror.entryOf(target);
      // Its scrollbar is the browser's.
      if (entry?.spacer && target === entry.element && (event.offsetX >= entry.element.clientWidth || event.offsetY >= entry.element.clientHeight)) return;
      if (entry?.node.drag) entry.element.setPointerCapture(event.pointerId);
      if (this.#down && event.buttons === 1) {
        // It was let go where no page is told of it, as over a window of the system: a second press without that would be none.
        this.#calls.pointer(3, 0, 0, 0, sourceOf(event));
        this.#acted = true;
        this.settle();
      }
      this.#down = true;
      this.flush();
      this.#tellScrolling();
      this.#pressedLong = false;
      this.#fingerOn = event.pointerType === 'touch' ? (entry?.node.i ?? 0) : null;
      if (entry?.node.menu && event.pointerType === 'touch') this.#awaitLongPress(entry, event);
      this.#calls.pointer(1, event.clientX, event.clientY, buttonOf(event), sourceOf(event), this.#mods(event));
      this.#act();
    });
    // A drag ends wherever the button is let go.
    addEventListener('pointerup', released);
    addEventListener('pointercancel', (event) => {
      if (!event.isPrimary) return;
      this.#down = false;
      this.#forgetLongPress();
      this.#moved = null;
      this.#fingerOn = null;
      this.#calls.pointer(3, 0, 0, 0, sourceOf(event));
    });
    addEventListener('pointermove', (event) => {
      if (!event.isPrimary) return;
      const from = this.#longPressFrom;
      if (from && Math.hypot(event.clientX - from[0], event.clientY - from[1]) > stillness) this.#forgetLongPress();
      this.#moved = [event.clientX, event.clientY, sourceOf(event)];
      this.#requestFrame();
    });
    document.documentElement.addEventListener('pointerleave', (event) => {
      if (event.pointerType !== 'mouse' || event.buttons !== 0 || this.#down) return;
      this.#moved = null;
      this.#calls.pointer(3, 0, 0, 0, 0);
    });
    root.addEventListener('mousedown', (event) => {
      const entry = this.#mirror.entryOf(event.target);
      if (!entry) return;
      if (entry.node.g === 'range') {
        // Dragging is drawn and done on the canvas; the element would move its own, unseen thumb.
        event.preventDefault();
        entry.element.focus({ preventScroll: true });
      } else if (entry.node.a.role === 'option') {
        // The focus stays with the list, or with the field that governs it.
        event.preventDefault();
        const list = entry.element.closest('[role="listbox"]');
        const governs = document.activeElement?.getAttribute('aria-controls');
        if (list instanceof HTMLElement && governs !== list.id) list.focus({ preventScroll: true });
      }
    });
    // A finger that goes up or down on a slider scrolls the page; only the canvas knows what one that goes sideways means.
    root.addEventListener('touchstart', (event) => {
      const entry = this.#mirror.entryOf(event.target);
      const slider = entry?.node.g === 'range' && entry.element instanceof HTMLInputElement ? entry.element : null;
      this.#touched = slider;
      if (!slider || !rangeTakesFinger) return;
      // For the moment in which it would take it, it is another field.
      slider.type = 'text';
      setTimeout(() => (slider.type = 'range'), 0);
    }, { passive: true });
    for (const end of ['touchend', 'touchcancel']) addEventListener(end, () => (this.#touched = null), { passive: true });
    root.addEventListener(
      'wheel',
      (event) => {
        if (event.ctrlKey) return;
        const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 3 : event.deltaMode === WheelEvent.DOM_DELTA_PAGE ? 0.1 : 100;
        if (event.target instanceof Element && event.target.closest('.scroll')) return;
        this.#calls.wheel(-event.deltaX / unit, -event.deltaY / unit);
      },
      { passive: true },
    );
    root.addEventListener('contextmenu', (event) => {
      // A cell has no menu of its own, the list around it has.
      let entry = this.#mirror.entryOf(event.target);
      while (entry && !entry.node.menu) entry = this.#mirror.entryOf(entry.element.parentElement);
      if (this.#pressedLong) event.preventDefault();
      if (!entry?.node.menu || this.#pressedLong) return;
      event.preventDefault();
      this.#forgetLongPress();
      // Where a finger asked for it, its browser was quicker than the clock here.
      this.#pressedLong = this.#fingerDown;
      this.#calls.action(Action.contextMenu, entry.node.i);
      this.#act();
    });
    for (const [name, down] of /** @type {[string, boolean][]} */ ([['touchstart', true], ['touchend', false], ['touchcancel', false]]))
      addEventListener(name, () => (this.#fingerDown = down), { passive: true, capture: true });
    // A link would still be followed when the finger is lifted after a long press. And browsers look for what a finger clicks only after it was lifted:
    // where the press closed a menu in between, that would be what lay below it.
    root.addEventListener('click', (event) => {
      if (event.detail === 0) return;
      const elsewhere = this.#fingerOn !== null && this.#fingerOn !== (this.#mirror.entryOf(event.target)?.node.i ?? 0);
      this.#fingerOn = null;
      if (!this.#pressedLong && !elsewhere) return;
      this.#pressedLong = false;
      event.preventDefault();
      event.stopPropagation();
    }, { capture: true });
  }

  /** @param {import('./mirror.js').Entry} entry @param {PointerEvent} event */
  #awaitLongPress(entry, event) {
    this.#forgetLongPress();
    this.#longPressFrom = [event.clientX, event.clientY];
    this.#longPress = setTimeout(() => {
      this.#forgetLongPress();
      this.#pressedLong = true;
      this.#calls.action(Action.contextMenu, entry.node.i);
      this.#act();
    }, longPressTime);
  }

  #forgetLongPress() {
    clearTimeout(this.#longPress);
    this.#longPressFrom = null;
  }

  /** The page has become lower, as when a soft keyboard comes: what is typed into must not be left below its edge. */
  revealField() {
    const field = document.activeElement;
    if (!isTextField(field)) return;
    const area = field.closest('.scroll');
    if (!area) return;
    const box = field.getBoundingClientRect();
    const seen = area.getBoundingClientRect();
    const bottom = Math.min(seen.bottom, visualViewport ? visualViewport.offsetTop + visualViewport.height : innerHeight);
    if (box.bottom > bottom - fieldMargin) area.scrollTop += box.bottom - bottom + fieldMargin;
    else if (box.top < seen.top) area.scrollTop -= seen.top - box.top + fieldMargin;
  }

  // Keys ---------------------------------------------------------------------------------------------------------------------------------

  #listenToKeys() {
    document.addEventListener('keydown', (event) => this.#keyDown(event));
    document.addEventListener('keyup', (event) => {
      if (['Shift', 'Control', 'Alt', 'Meta'].includes(event.key)) this.#calls.key(event.key, this.#mods(event), 4, 0);
    });
    addEventListener('blur', () => this.#calls.windowFocus(false));
    addEventListener('focus', () => this.#calls.windowFocus(true));
  }

  /** @param {KeyboardEvent | PointerEvent} event */
  #mods(event) {
    const main = apple ? event.metaKey : event.ctrlKey;
    const other = apple ? event.ctrlKey : event.metaKey;
    return Number(main) | (Number(event.shiftKey) << 1) | (Number(event.altKey) << 2) | (Number(other) << 3);
  }

  /** @param {KeyboardEvent} event */
  #keyDown(event) {
    // Keys of an input method are not keys of the page. (229: a browser that tells the first one before it says that it composes.)
    if (event.isComposing || event.keyCode === 229 || event.key === 'Dead') return;
    this.#mirror.ringWanted = true;
    const entry = this.#mirror.entryOf(event.target);
    const inText = isTextField(event.target);
    const mods = this.#mods(event);
    const flags = Number(event.repeat) | (Number(inText) << 1);
    const send = () => {
      this.settle();
      this.#calls.key(event.key, mods, flags, entry?.node.i ?? 0);
      this.#act();
    };

    const name = [...event.key].length === 1 ? event.key.toLowerCase() : event.key;
    const inTextToo = this.#shortcuts.get(`${mods & 1 ? 'C' : ''}${mods & 4 ? 'A' : ''}${mods & 2 ? 'S' : ''}-${name}`);
    if (inTextToo !== undefined && (inTextToo || !inText) && !(mods & 8)) {
      event.preventDefault();
      send();
      return;
    }
    if (mods & 1 || mods & 8) return;
    const claimed = ((entry?.node.k ?? 0) & claimFor(event.key)) !== 0 && !(mods & 4);
    if (claimed) {
      event.preventDefault();
      send();
      return;
    }
    if (inText) {
      if (event.key === 'Enter' && entry && event.target instanceof HTMLInputElement) {
        this.#calls.action(Action.submit, entry.node.i);
        this.#act();
      }
      if (event.key === 'Escape') send();
      return;
    }
    if (entry && this.#moveInGroup(event, entry)) return;
    if (entry?.node.g === 'range') {
      send();
      this.settle();
      return;
    }
    // What is not a button by itself is pressed here.
    if (entry?.node.press && (event.key === 'Enter' || event.key === ' ') && entry.element.tagName === 'DIV' && event.target === entry.element) {
      event.preventDefault();
      this.#calls.action(Action.press, entry.node.i);
      this.#act();
      return;
    }
    send();
  }

  /**
   * Arrows go through radio buttons and tabs, choosing as they go.
   * @param {KeyboardEvent} event @param {import('./mirror.js').Entry} entry
   */
  #moveInGroup(event, entry) {
    const { role } = entry.node.a;
    if ((role !== 'radio' && role !== 'tab') || event.altKey) return false;
    const steps = new Map([
      ['ArrowRight', 1],
      ['ArrowDown', 1],
      ['ArrowLeft', -1],
      ['ArrowUp', -1],
    ]);
    const step = steps.get(event.key);
    const edge = event.key === 'Home' ? 0 : event.key === 'End' ? -1 : null;
    if (step === undefined && edge === null) return false;
    const group = entry.element.closest(role === 'radio' ? '[role="radiogroup"]' : '[role="tablist"]');
    const all = Array.from(group?.querySelectorAll(`[role="${role}"]:not([disabled])`) ?? []);
    const here = all.indexOf(entry.element);
    const next = all.at(step === undefined ? (edge ?? 0) : (here + step) % all.length);
    event.preventDefault();
    if (!(next instanceof HTMLElement)) return true;
    next.focus();
    const key = this.#mirror.entryOf(next)?.node.i;
    if (key !== undefined) this.#calls.action(Action.press, key);
    this.#act();
    return true;
  }

  // Elements -----------------------------------------------------------------------------------------------------------------------------

  /**
   * Whoever acts on an element looks at the states of the page as soon as the event is over, as with the browser's own elements: a status must not go on
   * saying “Saved” until the next refresh of the display.
   */
  settle() {
    for (let frame = 0; frame < settleFrames && this.#acted; ++frame) this.#acted = this.#drawNow();
    this.#acted = false;
  }

  /** Takes a press or a key in at once, while the page is as it was seen. What it needs more frames for comes before the next one, or before news. */
  #act() {
    this.#acted = this.#drawNow();
  }

  #listenToElements() {
    const root = this.#root;
    root.addEventListener('click', (event) => {
      const entry = this.#mirror.entryOf(event.target);
      if (!entry) return;
      const { node, element } = entry;
      if (element instanceof HTMLAnchorElement) {
        const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
        if (plain && element.getAttribute('href') === location.hash) this.#host.navigated(true);
        return;
      }
      if (node.file !== undefined) {
        this.pick(node.i, node.file, node.many !== undefined);
        return;
      }
      // A click that no pointer made; those that one made have reached the canvas already.
      if (event.detail === 0 && node.press && node.g !== 'range' && !isTextField(element)) this.#calls.action(Action.press, node.i);
      this.#acted = true;
      this.settle();
    });
    root.addEventListener('input', (event) => {
      const { target } = event;
      const entry = this.#mirror.entryOf(target);
      if (!entry) return;
      if (isTextField(target)) {
        this.#calls.action(Action.input, entry.node.i, { text: target.value });
        this.#tellScroll(target, entry.node.i);
      } else if (target instanceof HTMLInputElement && target === this.#touched) {
        // Its own, unseen thumb went along with the finger.
        target.value = String(entry.node.v ?? '');
      } else if (target instanceof HTMLInputElement) {
        this.#calls.action(Action.value, entry.node.i, { number: target.valueAsNumber });
        this.#acted = true;
        this.settle();
      }
    });
    root.addEventListener('focusin', (event) => {
      const entry = this.#mirror.entryOf(event.target);
      if (!entry || entry.element !== event.target) return;
      const ring = entry.element.matches(':focus-visible') || this.#mirror.ringWanted;
      this.#calls.action(Action.focus, entry.node.i, { number: Number(ring) });
    });
    root.addEventListener('focusout', (event) => {
      const entry = this.#mirror.entryOf(event.target);
      if (!entry) return;
      this.#calls.action(Action.blur, entry.node.i);
      if (isTextField(event.target)) this.#tellScroll(event.target, entry.node.i);
    });
    root.addEventListener(
      'scroll',
      (event) => {
        const entry = this.#mirror.entryOf(event.target);
        if (!entry || entry.element !== event.target) return;
        if (entry.spacer) this.#tellScrolling();
        else if (isTextField(event.target)) this.#tellScroll(event.target, entry.node.i);
      },
      { capture: true, passive: true },
    );
    document.addEventListener('selectionchange', () => {
      const field = document.activeElement;
      if (!isTextField(field)) return;
      const entry = this.#mirror.entryOf(field);
      if (entry) this.#tellScroll(field, entry.node.i);
    });
    const compose = (/** @type {Event} */ event, /** @type {number} */ number) => {
      const entry = this.#mirror.entryOf(event.target);
      if (!entry) return;
      entry.element.classList.toggle('composing', number !== 0);
      this.#calls.action(Action.composing, entry.node.i, { number });
    };
    root.addEventListener('compositionstart', (event) => compose(event, 1));
    root.addEventListener('compositionend', (event) => compose(event, 0));
  }

  /** @param {HTMLInputElement | HTMLTextAreaElement} field @param {number} key */
  #tellScroll(field, key) {
    const left = field.scrollLeft;
    if ((this.#scrolled.get(field) ?? 0) === left) return;
    this.#scrolled.set(field, left);
    this.#calls.action(Action.fieldScroll, key, { number: left });
  }

  // Files --------------------------------------------------------------------------------------------------------------------------------

  /**
   * Browsers open it for a while after a press or a key alone.
   * @param {number} key  of the element that asked, 0 for none @param {string} types @param {boolean} many
   */
  pick(key, types, many) {
    this.#pickedFor = key;
    this.#picker.accept = types;
    this.#picker.multiple = many;
    this.#picker.value = '';
    this.#picker.click();
  }

  #listenToFiles() {
    this.#picker.type = 'file';
    this.#picker.hidden = true;
    this.#picker.addEventListener('change', () => this.#host.giveFiles(1, this.#pickedFor, this.#picker.files ?? []));
    this.#root.append(this.#picker);

    const hover = (/** @type {boolean} */ over) => this.#calls.event(Happening.filesHover, { number: Number(over) });
    addEventListener('dragenter', (event) => {
      if (!bringsFiles(event)) return;
      event.preventDefault();
      if (this.#dragDepth++ === 0) hover(true);
    });
    addEventListener('dragleave', (event) => {
      if (bringsFiles(event) && this.#dragDepth > 0 && --this.#dragDepth === 0) hover(false);
    });
    addEventListener('dragover', (event) => {
      if (!bringsFiles(event)) return;
      event.preventDefault();
      if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy';
      this.#moved = [event.clientX, event.clientY, 0];
      this.#requestFrame();
    });
    addEventListener('drop', (event) => {
      if (!bringsFiles(event)) return;
      event.preventDefault();
      this.#dragDepth = 0;
      hover(false);
      this.#host.giveFiles(0, this.#mirror.entryOf(event.target)?.node.i ?? 0, event.dataTransfer?.files ?? []);
    });
    document.addEventListener('paste', (event) => {
      if (isTextField(event.target) || !event.clipboardData) return;
      if (event.clipboardData.files.length > 0) {
        this.#host.giveFiles(0, 0, event.clipboardData.files);
        return;
      }
      const text = event.clipboardData.getData('text/plain');
      if (text && text.length <= pasteLimit) this.#calls.event(Happening.paste, { text });
    });
  }

  /** Takes the files that the page was opened with, once the module can be given any. */
  takeOpened() {
    // Started by the system with a file (manifest's file_handlers).
    const { launchQueue } = /** @type {{launchQueue?: {setConsumer(use: (launch: {files: {getFile(): Promise<File>}[]}) => void): void}}} */ (
      /** @type {unknown} */ (globalThis)
    );
    launchQueue?.setConsumer(async (launch) => {
      this.#host.giveFiles(2, 0, await Promise.all(launch.files.map((handle) => handle.getFile())));
    });
    takeSharedFiles().then(
      (files) => this.#host.giveFiles(3, 0, files),
      () => {},  // storage is blocked: then nothing was put there either
    );
  }
}
