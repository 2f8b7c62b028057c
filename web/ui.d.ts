/** The user-interface module as emcc makes it; what each function does is said in wasm/platform (functions beginning with hub_). */
export interface UiModule {
  HEAPU8: Uint8Array;
  _malloc(size: number): number;
  _free(pointer: number): void;
  _hub_start(): number;
  _hub_frame(seconds: number): number;
  _hub_frames(): number;
  _hub_mirror_size(): number;
  _hub_pointer(kind: number, x: number, y: number, button: number, source: number, mods: number): void;
  _hub_wheel(x: number, y: number): void;
  _hub_key(name: number, length: number, mods: number, flags: number, focused: number): void;
  _hub_window_focus(has: number): void;
  _hub_action(action: number, key: number, x: number, number: number, text: number, length: number): void;
  _hub_event(event: number, text: number, length: number, number: number): void;
  _hub_message(json: number, length: number, handles: number, count: number): void;
  _hub_files(source: number, widget: number, handles: number, count: number): void;
  _hub_take_text(text: number, length: number): void;
}

export default function createUi(options: {
  page: object;
  onAbort(reason: unknown): void;
  instantiateWasm(imports: WebAssembly.Imports, done: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void): object;
}): Promise<UiModule>;
