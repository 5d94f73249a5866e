/** Moves through a list of rows: j and k walk, Enter opens, c claims, x chooses, a chooses all of the page, n and p turn it. Never while somebody types. */
export function keys(list) {
  const rows = [...list.querySelectorAll('[data-row]')];
  let at = -1;

  const go = (to) => {
    if (!rows.length) return;
    at = Math.max(0, Math.min(rows.length - 1, to));
    rows.forEach((row, i) => row.toggleAttribute('data-here', i === at));
    rows[at].querySelector('a:not(.time-why)')?.focus();
  };

  const boxes = () => [...list.querySelectorAll('[data-row] input[type="checkbox"]:not(:disabled)')];
  const all = () => {
    const some = boxes();
    const chosen = some.every((box) => box.checked);
    some.forEach((box) => { box.checked = !chosen; });
    some[0]?.dispatchEvent(new Event('change', { bubbles: true }));
  };

  const turn = (way) => document.querySelector(`[data-turn=${way}]`)?.click();

  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.target.closest('input:not([type="checkbox"]), textarea, select, [contenteditable]')) return;
    if (event.key === 'j') go(at + 1);
    else if (event.key === 'k') go(at - 1);
    else if (event.key === 'c' && at >= 0) rows[at].querySelector('[data-claim]')?.click();
    else if (event.key === 'x' && at >= 0) rows[at].querySelector('input[type="checkbox"]')?.click();
    else if (event.key === 'a' && boxes().length) all();
    else if (event.key === 'n') turn('on');
    else if (event.key === 'p') turn('back');
    else return;
    event.preventDefault();
  });

  list.addEventListener('focusin', (event) => {
    const row = event.target.closest('[data-row]');
    if (row) at = rows.indexOf(row);
  });
}
