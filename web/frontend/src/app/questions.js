/**
 * Asks the server which questions apply after an answer that others depend on was changed.
 * The condition is evaluated there, by the same language that checks the form; without this the page has a button for it.
 */
export function questions(form) {
  const holder = form.querySelector('[data-fields]');
  if (!holder || !holder.querySelector('[data-asks-again]')) return;
  let turn = 0;

  form.addEventListener('change', async (event) => {
    if (!event.target.closest('[data-fields]')) return;
    const mine = ++turn;
    const answer = await fetch(form.dataset.questions, {
      method: 'POST',
      body: new FormData(form),
      headers: { 'X-Fragment': 'fields' },
    }).catch(() => null);
    if (!answer?.ok || mine !== turn) return;
    const here = document.activeElement?.id;
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    holder.replaceChildren(...page.body.childNodes);
    if (here) document.getElementById(here)?.focus();
  });
}
