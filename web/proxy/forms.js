// What the value of a parameter may look like.

/** @typedef {{fits: (value: string) => boolean, optional?: boolean}} Form */

/** As in the page, where what was typed is cut to this (core/metadata/inquiry.cpp). */
const mostTextBytes = 200;

const encoder = new TextEncoder();

/** Words that somebody typed: of any script, without control characters. @type {Form} */
export const text = {
  fits: (value) => value.trim() !== '' && !/[\u0000-\u001f\u007f-\u009f]/.test(value) && encoder.encode(value).length <= mostTextBytes,
};

/** @type {Form} */
export const imdb = matching(/^tt[0-9]{7,10}$/);

/** @param {...string} values @returns {Form} */
export function oneOf(...values) {
  return { fits: (value) => values.includes(value) };
}

/** @param {RegExp} pattern  of the whole value @returns {Form} */
export function matching(pattern) {
  return { fits: (value) => pattern.test(value) };
}

/** @param {Form} form @returns {Form} of a parameter that may be left out */
export function optional(form) {
  return { ...form, optional: true };
}
