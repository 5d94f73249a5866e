/**
 * Asks the server which questions apply after an answer that others depend on was changed.
 * The condition is evaluated there, by the same language that checks the form; without this the page has a button for it.
 */
export function questions(form) {
  const holder = form.querySelector('[data-fields]');
  if (!holder || !holder.querySelector('[data-asks-again]')) return;
  let turn = 0;

  form.addEventListener('change', async (event) => {
    if (!event.target.closest('[data-asks-again]')) return;
    const mine = ++turn;
    holder.setAttribute('aria-busy', 'true');
    const answer = await fetch(form.dataset.questions, {
      method: 'POST',
      body: new FormData(form),
      headers: { 'X-Fragment': 'fields' },
    }).catch(() => null);
    const fresh = answer?.ok ? new DOMParser().parseFromString(await answer.text(), 'text/html').body : null;
    if (mine !== turn) return;
    if (fresh) settle(holder, fresh);
    holder.removeAttribute('aria-busy');
  });
}

const asked = (node) => node.querySelector?.('[name]')?.name ?? node.className;

/** Adds the questions that are new and takes away those that are gone. What stays is not touched: somebody may be typing in it. */
function settle(holder, fresh) {
  const kept = new Map([...holder.children].map((each) => [asked(each), each]));
  const wanted = [...fresh.children];
  const names = new Set(wanted.map(asked));
  for (const [name, each] of kept) if (!names.has(name)) each.remove();
  let before = null;
  for (const each of wanted) {
    const here = kept.get(asked(each));
    if (!here) holder.insertBefore(each, before ? before.nextElementSibling : holder.firstElementChild);
    before = here ?? each;
  }
}
