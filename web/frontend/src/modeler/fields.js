import { choice, field, fill, h, icon, lines, text, tick } from './dom.js';

const CLOSED = ['choice', 'several'];

/** The form of a step: a list of questions, each of which can be opened, moved and taken away. */
export function fields({ element, bo, model, words, registers, sprite, again }) {
  const form = model.one(bo, 'Form');
  const all = form?.field ?? [];
  const opened = fields.opened;

  const store = (list) => {
    const whole = list.length ? model.make('lajur:Form', { field: list }) : null;
    model.put(element, bo, 'Form', [whole]);
  };
  const copy = (each, changes = {}) => {
    const { name, label, kind, required, alone, when, bound, help, choice: choices } = each;
    const made = { name, label, kind, required, alone, when, bound, help, choice: (choices ?? []).map((one) => model.make('lajur:Choice', { value: one.value, label: one.label })), ...changes };
    if (!made.choice.length) delete made.choice;
    return model.make('lajur:Field', made);
  };
  const change = (at, changes, redraw = false) => {
    store(current().map((each, i) => (i === at ? copy(each, changes) : copy(each))));
    if (redraw) again();
  };
  const current = () => model.one(bo, 'Form')?.field ?? [];

  const name = (label) => {
    const plain = label.normalize('NFKD').replace(/[^\x20-\x7e]/g, '').toLowerCase().replace(/[^a-z0-9]+/g, '_').replace(/^[^a-z]+|_+$/g, '').slice(0, 40) || 'isian';
    const taken = new Set(current().map((each) => each.name));
    let found = plain;
    for (let i = 2; taken.has(found); i += 1) found = `${plain}_${i}`;
    return found;
  };

  /** A field that was just added is named after its question; one that has a name of its own keeps it, for conditions read it. */
  const relabel = (each, at, label) => {
    const fresh = !each.name || (each.label === words.newField && label);
    if (!fresh) return change(at, { label });
    const named = name(label);
    opened.add(named);
    change(at, { label, name: named }, true);
    return null;
  };

  const move = (at, by) => {
    const list = current().map((each) => copy(each));
    const [moved] = list.splice(at, 1);
    list.splice(at + by, 0, moved);
    opened.clear();
    store(list);
    again();
  };

  const button = (sign, label, act, off = false) => h('button', { type: 'button', class: 'button button-bare button-icon', title: label, 'aria-label': label, disabled: off, onclick: act }, icon(sprite, sign));

  const draw = (each, at) => {
    const key = each.name;
    const choices = lines((each.choice ?? []).map((one) => `${one.value}|${one.label ?? ''}`), (said) =>
      change(at, { choice: said.map((line) => line.split('|')).map(([value, label]) => model.make('lajur:Choice', { value: value.trim(), label: (label ?? value).trim() })) }));
    const details = h('details', { class: 'question', ontoggle: (e) => (e.target.open ? opened.add(key) : opened.delete(key)) },
      h('summary', {}, h('span', {}, each.label || each.name || '…'), h('small', {}, `${registers.kinds.find(([kind]) => kind === (each.kind || 'text'))?.[1] ?? each.kind}${each.required === 'true' ? ` · ${words.required}` : ''}`)),
      field(words.label, text(each.label, (value) => relabel(each, at, value))),
      field(words.fieldName, text(each.name, (value) => change(at, { name: value })), words.fieldNameHelp),
      field(words.kind, choice(each.kind || 'text', registers.kinds, (value) => change(at, { kind: value === 'text' ? '' : value, ...(CLOSED.includes(value) ? {} : { choice: [] }) }, true))),
      CLOSED.includes(each.kind) ? field(words.choices, choices, words.choicesHelp) : null,
      tick(words.required, each.required === 'true', (on) => change(at, { required: on ? 'true' : '' })),
      tick(words.alone, each.alone === 'true', (on) => change(at, { alone: on ? 'true' : '' })),
      field(words.bound, choice(each.bound || 'fact', registers.bounds, (value) => change(at, { bound: value === 'fact' ? '' : value }))),
      field(words.when, text(each.when, (value) => change(at, { when: value }), { spellcheck: 'false', class: 'code' }), words.whenHelp),
      field(words.help, text(each.help, (value) => change(at, { help: value }))),
      h('div', { class: 'question-tools' },
        button('arrow-up', words.up, () => move(at, -1), at === 0),
        button('arrow-down', words.down, () => move(at, 1), at === all.length - 1),
        button('trash-2', fill(words.remove, { name: each.label || each.name }), () => {
          store(current().filter((_, i) => i !== at).map((one) => copy(one)));
          again();
        })),
    );
    details.open = opened.has(key);
    return details;
  };

  const add = () => {
    const made = name(words.newField);
    opened.clear();
    opened.add(made);
    store([...current().map((each) => copy(each)), model.make('lajur:Field', { name: made, label: words.newField })]);
    again();
  };
  return h('fieldset', { class: 'questions' }, h('legend', {}, words.form), all.map(draw), h('button', { type: 'button', class: 'button', onclick: add }, icon(sprite, 'plus'), words.addField));
}
fields.opened = new Set();
