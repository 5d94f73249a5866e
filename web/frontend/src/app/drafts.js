/**
 * Keeps what is typed on the server, some seconds after the last key and when the page is left, so that a lost line, a killed
 * browser or another device loses nothing. Nothing stays in this browser: the computer may be shared.
 */
const PAUSE = 2000;

export function drafts(form) {
  const said = form.querySelector('[data-saved]');
  let waiting;
  let changed = 0;
  let kept = 0;

  const tell = (words, wrong) => {
    if (!said) return;
    said.textContent = words;
    said.classList.toggle('saved-not', wrong);
  };

  const save = async (leaving = false) => {
    clearTimeout(waiting);
    if (kept === changed || form.hasAttribute('data-sent')) return;
    const now = changed;
    const answer = await fetch(form.dataset.draft, {
      method: 'POST',
      body: new FormData(form),
      headers: { 'X-Fragment': 'draft' },
      redirect: 'error',
      keepalive: leaving,
    }).catch(() => null);
    if (!answer?.ok) {
      tell(said?.dataset.unsaved ?? '', true);
      return;
    }
    const { saved } = await answer.json();
    kept = now;
    tell(`${said?.dataset.saved} ${saved}`, false);
  };

  form.addEventListener('input', () => {
    changed += 1;
    clearTimeout(waiting);
    waiting = setTimeout(save, PAUSE);
  });
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') save(true);
  });
}
