// Keeps keys out of what is passed on. Services do repeat them: RAWG's answers hold the address of the next page, with the key in it.

/**
 * JSON with every text that holds a secret emptied, and every name that does left out. It is written anew, because in JSON as it comes each
 * letter can be spelt in several ways.
 * @param {unknown} value  as parsed
 * @param {string[]} secrets
 * @returns {string}
 */
export function withoutSecrets(value, secrets) {
  const pattern = patternOf(secrets);
  const written = JSON.stringify(value);
  if (!pattern || !holds(written, pattern)) return written;
  return JSON.stringify(cleaned(value, pattern));
}

/** @param {unknown} value @param {RegExp} pattern @returns {unknown} */
function cleaned(value, pattern) {
  if (typeof value === 'string') return holds(value, pattern) ? '' : value;
  if (typeof value === 'number') return pattern.test(String(value)) ? null : value;
  if (Array.isArray(value)) return value.map((one) => cleaned(one, pattern));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !holds(name, pattern))
      .map(([name, one]) => [name, cleaned(one, pattern)]),
  );
}

/**
 * @param {string} text @param {RegExp} pattern
 * @returns {boolean} whether it holds a secret, plainly or escaped as in addresses, HTML or JSON, up to three times over
 */
function holds(text, pattern) {
  for (let round = 0; round < 4; ++round) {
    if (pattern.test(text)) return true;
    const plain = unescaped(text);
    if (plain === text) return false;
    text = plain;
  }
  return false;
}

/** @param {string} text */
function unescaped(text) {
  if (!/[%&\\]/.test(text)) return text;
  return text
    .replace(/%([0-9a-f]{2})/gi, (_, digits) => String.fromCharCode(parseInt(digits, 16)))
    .replace(/&#x([0-9a-f]{1,4});/gi, (_, digits) => String.fromCharCode(parseInt(digits, 16)))
    .replace(/&#([0-9]{1,5});/g, (_, digits) => String.fromCharCode(Number(digits)))
    .replace(/\\+u([0-9a-f]{4})/gi, (_, digits) => String.fromCharCode(parseInt(digits, 16)))
    .replace(/\\([\\/"])/g, '$1')
    .replace(/&amp;/gi, '&');
}

/** @param {string[]} secrets @returns {RegExp | undefined} of any of them, as it is or in Base64 wherever it stands there */
function patternOf(secrets) {
  const forms = secrets.flatMap((secret) => [secret, ...inBase64(secret)]);
  if (forms.length === 0) return undefined;
  return new RegExp(forms.map((form) => form.replace(/[^0-9A-Za-z]/g, '\\$&')).join('|'), 'i');
}

/**
 * What stays the same of a text's Base64 (RFC 4648), whatever stands before and after it: one form for each place it can have among
 * three bytes, in both alphabets.
 * @param {string} secret @returns {string[]}
 */
function inBase64(secret) {
  return [0, 1, 2].flatMap((before) => {
    const whole = btoa('\0'.repeat(before) + secret).replace(/=+$/, '');
    const first = Math.ceil((8 * before) / 6);
    const last = Math.floor((8 * (before + secret.length)) / 6);
    const form = whole.slice(first, last);
    return [form, form.replace(/\+/g, '-').replace(/\//g, '_')];
  });
}
