// Before anything is painted: the colours that were chosen in the page (wasm/ui/theme.cpp), so that a dark page does not begin with a white flash, or the other way
// round. No module, as those run when the page has been read.

(() => {
  try {
    // As in host.js.
    const kept = (/** @type {string} */ name) => localStorage.getItem(`media-hub:${new URL('.', location.href).pathname}:${name}`) ?? '';
    const theme = kept('theme');
    if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
    if (kept('contrast') === 'more') document.documentElement.dataset.contrast = 'more';
  } catch {
    // Settings are blocked: the system's colours it is.
  }
})();
