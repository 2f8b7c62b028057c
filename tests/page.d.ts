// What the tests and benchmarks find in the page, and what they put into it.

/** Of web/main.js. */
declare var mediaHub: { frames(): number; mirrored(): number; memory(): number };

declare var axe: {
  run(context: Document, options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
};

/** What scripts/site/screenshots.mjs uses of it; it comes without types. */
declare module 'gifenc' {
  type Palette = number[][];
  export function quantize(pixels: Uint8Array, colours: number): Palette;
  export function applyPalette(pixels: Uint8Array, palette: Palette): Uint8Array;
  export function GIFEncoder(): {
    writeFrame(
      indices: Uint8Array,
      width: number,
      height: number,
      options: { palette?: Palette; delay?: number; transparent?: boolean; transparentIndex?: number; dispose?: number },
    ): void;
    finish(): void;
    bytes(): Uint8Array;
  };
}

// Of the browser tests.
declare var brokenPolicies: string[];
declare var persistAsked: number;
declare var vanished: number;
declare var mainVersion: string | undefined;
declare var engineVersion: string | undefined;

// Of tests/bench/browser.
declare var wakes: { frames: number; timers: number };
declare var stopwatch: (begin: () => number | void, tests: (() => boolean)[], limit?: number) => Promise<number[]>;
declare var statusOf: (name: string) => string | null | undefined;
declare var firstInteraction: number | undefined;
declare var longTasks: number[];
declare var typed: Promise<number>;
