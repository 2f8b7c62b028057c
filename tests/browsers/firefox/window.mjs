// What is done in Firefox’s own window, where its WebDriver BiDi has no words or none that come as from a device: colours, fingers, and the picker for files. It
// is asked by the same protocol, whose contexts include that window where the program was started with `--remote-allow-system-access`.

/**
 * Runs in the window: fingers as the system tells of them, so that Firefox scrolls by them, glides, and makes a menu of a long press.
 * @param {string} text  what one pointer does, as in `input.performActions`
 */
async function touch(text) {
  const page = /** @type {any} */ (globalThis);
  const { left, top } = page.gBrowser.selectedBrowser.getBoundingClientRect();
  const [contact, remove] = [page.windowUtils.TOUCH_CONTACT, page.windowUtils.TOUCH_REMOVE];
  let [x, y, down] = [0, 0, false];
  const tell = (/** @type {number} */ state) => {
    const [across, along] = [page.mozInnerScreenX + left + x, page.mozInnerScreenY + top + y].map((at) => Math.round(at * page.devicePixelRatio));
    page.windowUtils.sendNativeTouchPoint(0, state, across, along, 1, 90);
  };
  for (const { type, duration = 0, ...to } of JSON.parse(text)) {
    if (type === 'pointerMove') ({ x, y } = to);
    if (type === 'pointerDown') down = true;
    if (type === 'pointerUp') down = false;
    if (type === 'pointerUp') tell(remove);
    else if (down && type !== 'pause') tell(contact);
    // A frame between two, as a screen tells of them.
    await new Promise((done) => setTimeout(done, Math.max(duration, 16)));
  }
}

/** Runs in the window. @param {string} scheme */
function colours(scheme) {
  /** @type {any} */ (globalThis).gBrowser.selectedBrowser.browsingContext.prefersColorSchemeOverride = scheme;
}

/** Runs in any window, for all: a picker for files, with which nobody could do anything, is left at once. */
function leavePickers() {
  const { manager, interfaces, ID } = /** @type {any} */ (globalThis).Components;
  const picker = {
    QueryInterface: () => picker,
    init: () => {}, appendFilters: () => {}, appendFilter: () => {}, appendRawFilter: () => {},
    open: (/** @type {any} */ callback) => callback.done(interfaces.nsIFilePicker.returnCancel),
  };
  const factory = { createInstance: () => picker, QueryInterface: () => factory };
  manager.QueryInterface(interfaces.nsIComponentRegistrar).registerFactory(ID('{0d7b8b1c-7f0c-4f0a-9d52-6f1c2a3b4c5d}'), '', '@mozilla.org/filepicker;1', factory);
}

/** Runs in a window: its page is drawn as it would be on a screen of its own, also while other windows lie before it. */
function stayInSight() {
  /** @type {any} */ (globalThis).browsingContext.forceAppWindowActive = true;
}

/** Runs in a window: its page, which the protocol gave a size, lies within it. Nobody could touch what does not. */
async function holdPage() {
  const page = /** @type {any} */ (globalThis);
  const { right, bottom } = page.gBrowser.selectedBrowser.getBoundingClientRect();
  const [wide, high] = [Math.max(page.innerWidth, Math.ceil(right)), Math.max(page.innerHeight, Math.ceil(bottom))];
  if (wide === page.innerWidth && high === page.innerHeight) return;
  page.resizeTo(page.outerWidth + wide - page.innerWidth, page.outerHeight + high - page.innerHeight);
  for (let tries = 0; tries < 100 && (page.innerWidth < wide || page.innerHeight < high); ++tries) await new Promise((done) => setTimeout(done, 16));
}

/** Runs in the window: the page has the focus, and none of what is Firefox’s own. */
export function focusPage() {
  /** @type {any} */ (globalThis).gBrowser.selectedBrowser.focus();
}

/** Runs in the window: what an input method has composed so far. @param {string} text */
export function composed(text) {
  const page = /** @type {any} */ (globalThis);
  const { classes, interfaces } = page.Components;
  const method = (page.inputMethod ??= classes['@mozilla.org/text-input-processor;1'].createInstance(interfaces.nsITextInputProcessor));
  method.beginInputTransactionForTests(page);
  method.setPendingCompositionString(text);
  method.appendClauseToPendingComposition(text.length, method.ATTR_RAW_CLAUSE);
  method.setCaretInPendingComposition(text.length);
  method.flushPendingComposition();
}

/** Runs in the window: what the input method settles on. @param {string} text */
export function settled(text) {
  /** @type {any} */ (globalThis).inputMethod.commitCompositionWith(text);
}

/**
 * @typedef {(method: string, params: object) => Promise<any>} Ask
 * @param {Ask} ask @param {string | undefined} context  of the page in the window; any window without @param {(text: string) => unknown} work @param {string} [text]
 */
export async function inWindow(ask, context, work, text = '') {
  const pages = await ask('browsingContext.getTree', { maxDepth: 0 });
  const page = pages.contexts.find((/** @type {any} */ known) => known.context === context) ?? pages.contexts[0];
  const windows = await ask('browsingContext.getTree', { maxDepth: 0, 'moz:scope': 'chrome' });
  const window = windows.contexts.find((/** @type {any} */ known) => known.clientWindow === page.clientWindow);
  const done = await ask('script.callFunction', {
    functionDeclaration: String(work), arguments: [{ type: 'string', value: text }], target: { context: window.context }, awaitPromise: true,
  });
  if (done.type !== 'success') throw new Error(done.exceptionDetails.text);
  return {};
}

/** Commands that are answered here, where they are for that. @type {Record<string, (params: any, ask: Ask) => Promise<object> | undefined>} */
export const instead = {
  'input.performActions': ({ context, actions }, ask) =>
    actions.length === 1 && actions[0].parameters?.pointerType === 'touch' ? inWindow(ask, context, touch, JSON.stringify(actions[0].actions)) : undefined,
  // Those of a whole profile are its preferences.
  'emulation.setMediaFeaturesOverride': ({ contexts, features }, ask) =>
    contexts && inWindow(ask, contexts[0], colours, features['prefers-color-scheme'] ?? 'none'),
  // What whoever drives begins with.
  'session.subscribe': (params, ask) => inWindow(ask, undefined, leavePickers).then(() => ask('session.subscribe', params)),
  async 'browsingContext.create'(params, ask) {
    const made = await ask('browsingContext.create', params);
    await inWindow(ask, made.context, stayInSight);
    await inWindow(ask, made.context, holdPage);
    return made;
  },
  'browsingContext.setViewport': (params, ask) => {
    if (!params.context) return undefined;
    return ask('browsingContext.setViewport', params).then(async (done) => {
      await inWindow(ask, params.context, holdPage);
      return done;
    });
  },
};
