import { fill, h, icon } from '../modeler/dom.js';

const MARKS = ['way-now', 'way-gone', 'way-later'];

/**
 * Shows the shortest way to what is wrong: numbers where each thing happens, what is gone over so far, and the words of
 * each part in a list that can be gone through. Numbers, widths and dashes say it; colours only repeat it.
 */
export function ways({ viewer, words, sprite }) {
  const canvas = viewer.get('canvas');
  const overlays = viewer.get('overlays');
  const registry = viewer.get('elementRegistry');
  let told = null;
  let at = 0;
  let section = null;

  function unmark() {
    overlays.remove({ type: 'way' });
    registry.forEach((element) => MARKS.forEach((mark) => canvas.removeMarker(element, mark)));
  }

  function mark() {
    unmark();
    const marks = new Map();
    const numbers = new Map();
    told.way.forEach((leg, i) => {
      const [where] = leg.elements;
      if (where) numbers.set(where, [...(numbers.get(where) ?? []), i + 1]);
      const sign = MARKS[i === at ? 0 : i < at ? 1 : 2];
      for (const id of leg.elements) if (!marks.has(id) || MARKS.indexOf(sign) < MARKS.indexOf(marks.get(id))) marks.set(id, sign);
    });
    for (const [id, sign] of marks) if (registry.get(id)) canvas.addMarker(id, sign);
    for (const [id, own] of numbers) {
      if (!registry.get(id)) continue;
      const now = own.includes(at + 1);
      const html = h('button', { type: 'button', class: `way-number${now ? ' way-number-now' : ''}`, title: own.map((each) => `${each}. ${told.way[each - 1].said}`).join('\n'), 'aria-label': own.map((each) => `${each}. ${told.way[each - 1].said}`).join('; '), onclick: () => go(own.find((each) => each > at + 1) ? own.find((each) => each > at + 1) - 1 : own[0] - 1) }, own.join(', '));
      overlays.add(id, 'way', { position: { top: -20, left: 12 }, scale: { min: 1 }, html });
    }
    const wrong = registry.get(told.element);
    if (wrong && !wrong.waypoints) overlays.add(wrong, 'way', { position: { bottom: 8, right: 8 }, scale: { min: 1 }, html: h('span', { class: 'way-wrong', role: 'img', title: words.wrong, 'aria-label': words.wrong }, icon(sprite, 'x')) });
  }

  function write() {
    const all = told.way.length;
    section.querySelector('[role=status]').textContent = fill(words.step, { nth: at + 1, all });
    section.querySelector('[data-way-back]').disabled = at === 0;
    section.querySelector('[data-way-on]').disabled = at === all - 1;
    section.querySelectorAll('li').forEach((each, i) => (i === at ? each.setAttribute('aria-current', 'step') : each.removeAttribute('aria-current')));
    const current = section.querySelector('[aria-current]');
    const list = current?.parentElement;
    if (list) list.scrollTop = current.offsetTop - list.offsetTop - list.clientHeight / 2 + current.clientHeight / 2;
  }

  function go(to) {
    at = Math.max(0, Math.min(told.way.length - 1, to));
    mark();
    write();
    const here = registry.get(told.way[at].elements[0]);
    if (here) canvas.scrollToElement(here, 60);
  }

  function build() {
    const button = (name, label, act, data) => h('button', { type: 'button', class: 'button button-bare button-icon', title: label, 'aria-label': label, [data]: true, onclick: act }, icon(sprite, name));
    return h('section', { class: 'shortest', 'aria-label': words.way },
      h('div', { class: 'shortest-bar' }, h('b', {}, words.way), h('span', { role: 'status' }), button('arrow-left', words.back, () => go(at - 1), 'data-way-back'), button('arrow-right', words.on, () => go(at + 1), 'data-way-on'), button('x', words.close, clear, 'data-way-close')),
      h('ol', {}, told.way.map((leg, i) => h('li', {}, h('button', { type: 'button', onclick: () => go(i) }, h('span', { class: 'way-number' }, String(i + 1)), h('span', {}, leg.said))))),
      h('button', { type: 'button', class: 'shortest-end', onclick: () => registry.get(told.element) && canvas.scrollToElement(registry.get(told.element), 60) }, h('span', { class: 'way-wrong', 'aria-hidden': 'true' }, icon(sprite, 'x')), h('span', {}, told.name ? `${words.wrong}: “${told.name}”` : words.wrong)));
  }

  function clear() {
    if (!told) return;
    unmark();
    section.remove();
    told = section = null;
  }

  return {
    clear,
    /** The finding whose way is shown; null where none is. */
    get told() {
      return told;
    },
    /** Shows the way of a finding, its words at the end of `place`. */
    show(finding, place, from = finding.way.length - 1) {
      clear();
      told = finding;
      section = build();
      place.append(section);
      go(Math.min(from, finding.way.length - 1));
    },
    get at() {
      return at;
    },
  };
}
