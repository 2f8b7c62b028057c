// Glyphs and runs of text measured and drawn by the browser, for the atlas of the canvas.

/** The system's user-interface font; page.css says the same for the text fields. */
const stack = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif';
const weights = [400, 600, 700];
/** For each weight the sizes of the type scale (wasm/ui/theme.hpp) that the first view uses, at the usual size of text. */
const firstSizes = [[12, 13, 15, 17], [13, 15], [12, 15, 17, 34, 56]];

/** @typedef {CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D} Context */

/** @returns {Context} */
function context() {
  const canvas = 'OffscreenCanvas' in globalThis ? new OffscreenCanvas(64, 64) : document.createElement('canvas');
  const made = /** @type {Context | null} */ (canvas.getContext('2d', { willReadFrequently: true }));
  if (!made) throw new Error('no 2D canvas');
  return made;
}

/**
 * Whether a run reads from right to left: by its first letter that has a direction.
 * @param {string} text
 */
function readsRightToLeft(text) {
  const first = /[\p{L}]/u.exec(text);
  return first !== null && /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u.test(first[0]);
}

export class Glyphs {
  /** Light text on dark: the browser's rasteriser weighs strokes by the colour they are drawn in. */
  dark = false;
  #context = context();
  #font = '';

  /** @param {number} face @param {number} size @param {string} text */
  #prepare(face, size, text) {
    const font = `${weights[face] ?? 400} ${size}px ${stack}`;
    const target = this.#context;
    if (font !== this.#font) {
      this.#font = font;
      target.font = font;
      // As in the text fields: widths that do not depend on the screen's pixels, and no pair moved, as glyphs are set one by one.
      target.fontKerning = 'none';
      if ('textRendering' in target) target.textRendering = 'geometricPrecision';
      target.textBaseline = 'alphabetic';
      target.textAlign = 'left';
    }
    const direction = text.length > 1 && readsRightToLeft(text) ? 'rtl' : 'ltr';
    if (target.direction !== direction) target.direction = direction;
  }

  /** Lets the browser find and open the fonts of the first view, which takes it a while, before they are needed. */
  prepare() {
    for (const [face, sizes] of firstSizes.entries()) for (const size of sizes) this.metrics(face, size);
  }

  /** @param {number} face @param {number} size @returns {[number, number]} ascent and descent, rounded as CSS does */
  metrics(face, size) {
    this.#prepare(face, size, 'x');
    const measured = this.#context.measureText('x');
    return [Math.round(measured.fontBoundingBoxAscent), Math.round(measured.fontBoundingBoxDescent)];
  }

  /** @param {number} face @param {number} size @param {string} text @returns {number[]} advance, left, top, right, bottom, right to left */
  measure(face, size, text) {
    this.#prepare(face, size, text);
    const measured = this.#context.measureText(text);
    return [
      measured.width,
      -measured.actualBoundingBoxLeft,
      -measured.actualBoundingBoxAscent,
      measured.actualBoundingBoxRight,
      measured.actualBoundingBoxDescent,
      this.#context.direction === 'rtl' ? 1 : 0,
    ];
  }

  /**
   * @param {number} face @param {number} size @param {string} text
   * @param {{scaleX: number, scaleY: number, penX: number, penY: number, width: number, height: number}} raster
   * @param {Uint8Array} to  RGBA, not premultiplied
   * @returns {number} 1 if the glyph has colours of its own
   */
  draw(face, size, text, raster, to) {
    const { width, height } = raster;
    const canvas = this.#context.canvas;
    if (canvas.width < width || canvas.height < height) {
      canvas.width = Math.max(canvas.width, width);
      canvas.height = Math.max(canvas.height, height);
      this.#font = '';
    }
    this.#prepare(face, size, text);
    const target = this.#context;
    target.setTransform(1, 0, 0, 1, 0, 0);
    target.clearRect(0, 0, width, height);
    target.setTransform(raster.scaleX, 0, 0, raster.scaleY, raster.penX, raster.penY);
    target.fillStyle = this.dark ? '#fff' : '#000';
    target.fillText(text, 0, 0);
    const pixels = target.getImageData(0, 0, width, height).data;
    target.setTransform(1, 0, 0, 1, 0, 0);
    let colored = 0;
    for (let at = 0; at < pixels.length && !colored; at += 4) {
      if (pixels[at + 3] < 128) continue;
      const off = this.dark ? 255 - Math.min(pixels[at], pixels[at + 1], pixels[at + 2]) : Math.max(pixels[at], pixels[at + 1], pixels[at + 2]);
      if (off > 24) colored = 1;
    }
    if (!colored) for (let at = 0; at < pixels.length; at += 4) pixels[at] = pixels[at + 1] = pixels[at + 2] = 255;
    to.set(pixels);
    return colored;
  }
}
