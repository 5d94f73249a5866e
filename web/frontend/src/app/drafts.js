/**
 * Keeps what was typed in this tab until it is sent, so that a lost line loses nothing.
 * Fields of the person (data-personal) are never kept: this computer may be shared.
 */
export function drafts(form) {
  const key = `draft:${form.dataset.draft}`;
  const said = form.querySelector('[data-saved]');

  const fields = () =>
    [...form.elements].filter((f) => f.name && !f.closest('[data-personal]') && !['hidden', 'submit', 'button', 'file'].includes(f.type));

  const read = () => {
    const values = {};
    for (const f of fields()) {
      if (f.type === 'checkbox' || f.type === 'radio') (values[f.name] ??= []).push(...(f.checked ? [f.value] : []));
      else values[f.name] = f.value;
    }
    return values;
  };

  const fill = (values) => {
    for (const f of fields()) {
      const value = values[f.name];
      if (value === undefined) continue;
      if (f.type === 'checkbox' || f.type === 'radio') f.checked = value.includes(f.value);
      else if (!f.value) f.value = value;
    }
  };

  const save = () => {
    sessionStorage.setItem(key, JSON.stringify(read()));
    if (said) {
      const now = new Date().toLocaleTimeString(document.documentElement.lang, { hour: '2-digit', minute: '2-digit' });
      said.textContent = `${said.dataset.saved} ${now}`;
    }
  };

  const kept = sessionStorage.getItem(key);
  if (kept && !form.hasAttribute('data-typed')) fill(JSON.parse(kept));
  let waiting;
  form.addEventListener('input', () => {
    clearTimeout(waiting);
    waiting = setTimeout(save, 800);
  });
  form.addEventListener('submit', save);
}

/** A page that tells of success names the draft that is done with. */
for (const done of document.querySelectorAll('[data-draft-done]')) sessionStorage.removeItem(`draft:${done.dataset.draftDone}`);
