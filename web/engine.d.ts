/** The engine's module as emcc makes it; the functions it exports are listed in engine-worker.js. */
export default function createEngine(options: object): Promise<any>;
