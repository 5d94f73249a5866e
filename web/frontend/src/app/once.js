/**
 * A second press of the same button does nothing while the first is on its way. The server would answer it the same.
 * A form with data-again gives a file: the page stays, and may be asked for another at once.
 */
export function once(form) {
  if (form.hasAttribute('data-again')) return;
  form.addEventListener('submit', (event) => {
    if (event.defaultPrevented) return;
    if (form.hasAttribute('data-sent')) {
      event.preventDefault();
      return;
    }
    form.setAttribute('data-sent', '');
    setTimeout(() => form.removeAttribute('data-sent'), 8000);
  });
  addEventListener('pageshow', () => form.removeAttribute('data-sent'));
}
