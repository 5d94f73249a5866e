/**
 * Says how many of a list are chosen, and takes what is chosen along when its page is turned: as hidden fields, so that the
 * form sends it too. Only turning the page takes it along; who comes from elsewhere begins with nothing chosen.
 */
export function chosen(form) {
  const place = `chosen ${form.dataset.chosen}`;
  const boxes = [...form.querySelectorAll('[data-row] input[type="checkbox"]:not(:disabled)')];
  const here = new Set(boxes.map((box) => box.value));
  const ticked = () => boxes.filter((box) => box.checked).map((box) => box.value);

  const carried = JSON.parse(sessionStorage.getItem(place) ?? '[]');
  sessionStorage.removeItem(place);
  for (const box of boxes) if (carried.includes(box.value)) box.checked = true;
  for (const value of carried) {
    if (here.has(value)) continue;
    const field = document.createElement('input');
    Object.assign(field, { type: 'hidden', name: 'item', value });
    form.append(field);
  }

  const elsewhere = [...form.querySelectorAll('input[type="hidden"][name="item"]')].map((field) => field.value);
  const count = form.querySelector('[data-count]');
  const say = () => {
    const number = ticked().length + elsewhere.length;
    const words = count.dataset.words.replace('{chosen}', number).replace('{elsewhere}', elsewhere.length);
    count.textContent = number ? words : '';
  };
  form.addEventListener('change', say);
  say();

  for (const link of document.querySelectorAll('[data-turn]')) {
    link.addEventListener('click', () => sessionStorage.setItem(place, JSON.stringify([...elsewhere, ...ticked()])));
  }
}
