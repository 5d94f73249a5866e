/** Makes elements without ever writing HTML as text. */
export function h(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith('on')) made.addEventListener(name.slice(2), value);
    else if (name === 'value') made.value = value;
    else made.setAttribute(name, value === true ? '' : value);
  }
  made.append(...children.flat(Infinity).filter((each) => each !== null && each !== undefined && each !== false));
  return made;
}

/** One of our icons, out of the sprite. */
export function icon(sprite, name) {
  const picture = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  picture.setAttribute('class', 'icon');
  picture.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS('http://www.w3.org/2000/svg', 'use');
  use.setAttribute('href', `${sprite}#${name}`);
  picture.append(use);
  return picture;
}

/** Words that a template has left a place in: `{num} findings`. */
export const fill = (text, named) => text.replace(/\{(\w+)\}/g, (whole, name) => named[name] ?? whole);

let count = 0;

/** A labelled control; `save` is told the new value when it is left. Fields are drawn in the order of the sheet. */
export function field(label, control, help = '') {
  const id = `p${(count += 1)}`;
  control.id = id;
  const said = help ? h('p', { class: 'help', id: `${id}h` }, help) : null;
  if (said) control.setAttribute('aria-describedby', `${id}h`);
  return h('div', { class: 'field' }, h('label', { for: id }, label), said, control);
}

export const text = (value, save, more = {}) => h('input', { type: 'text', value: value ?? '', autocomplete: 'off', ...more, onchange: (e) => save(e.target.value.trim()) });

export const long = (value, save, more = {}) => h('textarea', { rows: 3, value: value ?? '', ...more, onchange: (e) => save(e.target.value.trim()) });

export const lines = (values, save) =>
  long(values.join('\n'), (whole) => save(whole.split('\n').map((each) => each.trim()).filter(Boolean)), { rows: Math.max(2, Math.min(values.length + 1, 6)) });

/** A choice among [value, words]; what the drawing says is offered even where no register knows it. */
export function choice(value, options, save) {
  const known = options.some(([each]) => each === (value ?? ''));
  const all = known ? options : [[value, value], ...options];
  const made = h('select', { onchange: (e) => save(e.target.value) }, all.map(([each, words]) => h('option', { value: each }, words)));
  made.value = value ?? '';
  return made;
}

export function tick(label, on, save) {
  const box = h('input', { type: 'checkbox', onchange: (e) => save(e.target.checked) });
  box.checked = on;
  return h('label', { class: 'pick' }, box, label);
}
