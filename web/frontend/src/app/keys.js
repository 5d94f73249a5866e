/** Moves through a list of rows: j and k walk, Enter opens, c claims. Never while somebody types. */
export function keys(list) {
  const rows = [...list.querySelectorAll('[data-row]')];
  let at = -1;

  const go = (to) => {
    if (!rows.length) return;
    at = Math.max(0, Math.min(rows.length - 1, to));
    rows.forEach((row, i) => row.toggleAttribute('data-here', i === at));
    rows[at].querySelector('a')?.focus();
  };

  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.target.closest('input, textarea, select, [contenteditable]')) return;
    if (event.key === 'j') go(at + 1);
    else if (event.key === 'k') go(at - 1);
    else if (event.key === 'c' && at >= 0) rows[at].querySelector('[data-claim]')?.click();
    else return;
    event.preventDefault();
  });

  list.addEventListener('focusin', (event) => {
    const row = event.target.closest('[data-row]');
    if (row) at = rows.indexOf(row);
  });
}
