// What the tests and benchmarks find in the page, and what they put into it.

/** Of web/main.js. */
declare var mediaHub: { frames(): number; mirrored(): number; memory(): number };

declare var axe: {
  run(context: Document, options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
};

// Of the browser tests.
declare var brokenPolicies: string[];
declare var persistAsked: number;
declare var mainVersion: string | undefined;
declare var engineVersion: string | undefined;

// Of tests/bench/browser.
declare var wakes: { frames: number; timers: number };
declare var stopwatch: (begin: () => number | void, tests: (() => boolean)[], limit?: number) => Promise<number[]>;
declare var statusOf: (name: string) => string | null | undefined;
declare var firstInteraction: number | undefined;
declare var typed: Promise<number>;
