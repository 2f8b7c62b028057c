// Every function that crosses between the page and the user-interface module, all flat. The other side is wasm/platform/boundary.hpp, with what each
// argument means; here the calls are only turned from pointers and lengths into strings and passed on.

/**
 * @typedef {import('./ui.js').UiModule} UiModule
 * @typedef {import('./host.js').Host} Host
 * @typedef {import('./mirror.js').Mirror} Mirror
 * @typedef {import('./glyphs.js').Glyphs} Glyphs
 * @typedef {import('./input.js').Input} Input
 */

/** What happened at a mirrored element; `boundary::Action`. */
export const Action = { press: 0, value: 1, input: 2, focus: 3, blur: 4, scroll: 5, composing: 6, fieldScroll: 7, submit: 8, contextMenu: 9 };

/** What happened to the page; `boundary::Event`. */
export const Happening = {
  navigate: 0,
  paste: 1,
  engineDeath: 2,
  environment: 3,
  persisted: 4,
  updateReady: 5,
  worksOffline: 6,
  filesHover: 7,
  contextLost: 8,
  contextRestored: 9,
  visibility: 10,
  engineComes: 11,
  backupFile: 12,
};

/** What there is to say of the backup file; `boundary::BackupNews`. */
export const BackupNews = { none: 0, kept: 1, waits: 2, written: 3, failed: 4, dismissed: 5, due: 6 };

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Calls from the page into the module. Before the module runs they wait, in order. */
export class Calls {
  /** @type {UiModule | null} */
  #module = null;
  /** @type {((module: UiModule) => void)[]} */
  #waiting = [];
  #failed = false;

  /** @param {(error: unknown) => void} onFailure  the module trapped; it is not called again */
  constructor(onFailure) {
    this.onFailure = onFailure;
  }

  /**
   * Starts the module and hands over what has been waiting for it.
   * @param {UiModule} module @returns {boolean} false if it found no canvas to draw on
   */
  open(module) {
    this.#module = module;
    if (this.#run((started) => started._hub_start()) !== 1) return false;
    for (const call of this.#waiting.splice(0)) this.#run(call);
    return true;
  }

  get running() {
    return this.#module !== null && !this.#failed;
  }

  /**
   * @template T
   * @param {(module: UiModule) => T} call
   * @returns {T | undefined}
   */
  #run(call) {
    if (this.#failed) return undefined;
    if (!this.#module) {
      this.#waiting.push(call);
      return undefined;
    }
    try {
      return call(this.#module);
    } catch (error) {
      this.#failed = true;
      this.onFailure(error);
      return undefined;
    }
  }

  /**
   * Calls `use` with a copy of the text in the module's memory.
   * @param {UiModule} module
   * @param {string} text
   * @param {(pointer: number, length: number) => void} use
   */
  static #withText(module, text, use) {
    const bytes = encoder.encode(text);
    const pointer = module._malloc(bytes.length + 1);
    module.HEAPU8.set(bytes, pointer);
    use(pointer, bytes.length);
    module._free(pointer);
  }

  /**
   * @param {UiModule} module
   * @param {number[]} handles
   * @param {(pointer: number, count: number) => void} use
   */
  static #withHandles(module, handles, use) {
    const numbers = Int32Array.from(handles);
    const pointer = module._malloc(numbers.byteLength + 4);
    module.HEAPU8.set(new Uint8Array(numbers.buffer), pointer);
    use(pointer, handles.length);
    module._free(pointer);
  }

  /** @param {number} seconds */
  frame(seconds) {
    return this.running ? (this.#run((module) => module._hub_frame(seconds)) ?? -1) : -1;
  }
  frames() {
    return this.#run((module) => module._hub_frames()) ?? 0;
  }
  mirrorSize() {
    return this.#run((module) => module._hub_mirror_size()) ?? 0;
  }
  /** Bytes of the module's memory. */
  memory() {
    return this.#run((module) => module.HEAPU8.byteLength) ?? 0;
  }
  /** @param {number} kind @param {number} x @param {number} y @param {number} button @param {number} source @param {number} [mods] */
  pointer(kind, x, y, button, source, mods = 0) {
    this.#run((module) => module._hub_pointer(kind, x, y, button, source, mods));
  }
  /** @param {number} x @param {number} y */
  wheel(x, y) {
    this.#run((module) => module._hub_wheel(x, y));
  }
  /** @param {string} name @param {number} mods @param {number} flags @param {number} focused */
  key(name, mods, flags, focused) {
    this.#run((module) => Calls.#withText(module, name, (pointer, length) => module._hub_key(pointer, length, mods, flags, focused)));
  }
  /** @param {boolean} has */
  windowFocus(has) {
    this.#run((module) => module._hub_window_focus(has ? 1 : 0));
  }
  /** @param {number} action @param {number} key @param {{x?: number, number?: number, text?: string}} [what] */
  action(action, key, { x = 0, number = 0, text = '' } = {}) {
    this.#run((module) => Calls.#withText(module, text, (pointer, length) => module._hub_action(action, key, x, number, pointer, length)));
  }
  /** @param {number} event @param {{text?: string, number?: number}} [what] */
  event(event, { text = '', number = 0 } = {}) {
    this.#run((module) => Calls.#withText(module, text, (pointer, length) => module._hub_event(event, pointer, length, number)));
  }
  /** @param {string} json @param {number[]} handles */
  message(json, handles) {
    this.#run((module) =>
      Calls.#withText(module, json, (text, length) => Calls.#withHandles(module, handles, (pointer, count) => module._hub_message(text, length, pointer, count))),
    );
  }
  /** @param {number} source @param {number} widget @param {number[]} handles */
  files(source, widget, handles) {
    this.#run((module) => Calls.#withHandles(module, handles, (pointer, count) => module._hub_files(source, widget, pointer, count)));
  }
  /** @param {string} text */
  takeText(text) {
    this.#run((module) => Calls.#withText(module, text, (pointer, length) => module._hub_take_text(pointer, length)));
  }
}

/**
 * What the module calls (`Module.page`).
 * @param {{host: Host, mirror: Mirror, glyphs: Glyphs, input: Input, requestFrame: () => void, ready: () => void}} parts
 */
export function pageFor({ host, mirror, glyphs, input, requestFrame, ready }) {
  /** @param {Uint8Array} bytes */
  const text = (bytes) => decoder.decode(bytes);
  return {
    requestFrame,
    ready,
    /** @param {Uint8Array} json */
    mirrorUpdate: (json) => mirror.update(JSON.parse(text(json))),
    environment: () => host.environment(),
    /** @param {number} which @param {number} argument */
    number: (which, argument) => host.number(which, argument),
    /** @param {number} which @param {Uint8Array} argument */
    text: (which, argument) => host.text(which, text(argument)),
    /** @param {Uint8Array} name */
    systemColor: (name) => host.systemColor(text(name)),
    /** @param {number} background @param {number} caret @param {number} selection @param {number} scrollbar @param {number} color @param {number} dark */
    setColors(background, caret, selection, scrollbar, color, dark) {
      host.setColors({ background, caret, selection, scrollbar, text: color }, dark !== 0);
      glyphs.dark = dark !== 0;
    },
    /** @param {number} cursor */
    setCursor: (cursor) => input.setCursor(cursor),
    /** @param {number} face @param {number} size */
    fontMetrics: (face, size) => glyphs.metrics(face, size),
    /** @param {number} face @param {number} size @param {Uint8Array} run */
    measure: (face, size, run) => glyphs.measure(face, size, text(run)),
    /**
     * @param {number} face @param {number} size @param {Uint8Array} run @param {number} scaleX @param {number} scaleY @param {number} penX
     * @param {number} penY @param {number} width @param {number} height @param {Uint8Array} to
     */
    draw: (face, size, run, scaleX, scaleY, penX, penY, width, height, to) => glyphs.draw(face, size, text(run), { scaleX, scaleY, penX, penY, width, height }, to),
    /** @param {Uint8Array} json @param {Int32Array} handles */
    post: (json, handles) => host.post(text(json), Array.from(handles)),
    restartEngine: () => host.restartEngine(),
    /** @param {number} handle */
    bulkSize: (handle) => host.bulkSize(handle),
    /** @param {number} handle @param {number} which */
    bulkText: (handle, which) => host.bulkText(handle, which),
    /** @param {number} handle @param {number} offset @param {Uint8Array} to */
    bulkRead: (handle, offset, to) => host.bulkRead(handle, offset, to),
    /** @param {Uint8Array} bytes */
    bulkNew: (bytes) => host.keep(/** @type {ArrayBuffer} */ (bytes.buffer)),
    /** @param {number} handle */
    bulkFree: (handle) => host.free(handle),
    /** @param {number} which @param {Uint8Array} a @param {Uint8Array} b */
    doText: (which, a, b) => host.doText(which, text(a), text(b)),
    /** @param {number} which @param {number} argument */
    act: (which, argument) => host.act(which, argument),
    /** @param {Uint8Array} name @param {Uint8Array} mime @param {number} handle */
    download: (name, mime, handle) => host.download(text(name), text(mime), handle),
    /** @param {Uint8Array} mark @param {number} handle */
    writeBackupFile: (mark, handle) => host.writeBackupFile(text(mark), handle),
    /** @param {Uint8Array} types */
    pickFiles: (types) => input.pick(0, text(types), false),
    /** @param {Uint8Array} chords */
    setShortcuts: (chords) => input.setShortcuts(text(chords)),
  };
}
