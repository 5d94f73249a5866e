/** A second press of the same button does nothing while the first is on its way. The server would answer it the same. */
export function once(form) {
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
