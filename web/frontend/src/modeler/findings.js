import { ways } from '../viewer/way.js';
import { fill, h, icon } from './dom.js';

const SIGNS = { error: 'circle-x', warning: 'triangle-alert', note: 'info' };

/** Asks the server's rules after each change, lists what they say and marks it on the drawing. */
export function findings({ modeler, holder, words, address, csrf, sprite, told }) {
  const list = holder.querySelector('[data-findings]');
  const count = holder.querySelector('[data-count]');
  const overlays = modeler.get('overlays');
  const registry = modeler.get('elementRegistry');
  const canvas = modeler.get('canvas');
  const way = ways({ viewer: modeler, words: words.shortest, sprite });
  let waiting;
  let latest = 0;
  let found = [];
  let marked = [];

  /** Shows a finding on the drawing: its element, and the way to it where it has one. */
  function tell(finding, line) {
    if (!finding.way.length) {
      way.clear();
      return choose(finding.element);
    }
    modeler.get('selection').select(null);
    way.show(finding, line);
  }

  function choose(id) {
    const element = registry.get(id);
    if (!element) return modeler.get('selection').select(null);
    modeler.get('selection').select(element);
    canvas.scrollToElement(element, 80);
  }

  function mark() {
    overlays.remove({ type: 'finding' });
    for (const [id, name] of marked) if (registry.get(id)) canvas.removeMarker(id, name);
    marked = [];
    const worst = new Map();
    for (const each of found) if (registry.get(each.element)) worst.set(each.element, [...(worst.get(each.element) ?? []), each]);
    for (const [id, own] of worst) {
      const severity = own[0].severity;
      const sign = h('button', { type: 'button', class: `finding-sign finding-${severity}`, title: own.map((each) => each.sentence).join('\n'), 'aria-label': own[0].sentence, onclick: () => choose(id) }, icon(sprite, SIGNS[severity]));
      const element = registry.get(id);
      if (!element.waypoints) overlays.add(id, 'finding', { position: { top: -12, left: -12 }, html: sign });
      else {
        const middle = element.waypoints[Math.floor((element.waypoints.length - 1) / 2)];
        const left = Math.min(...element.waypoints.map((p) => p.x));
        const top = Math.min(...element.waypoints.map((p) => p.y));
        overlays.add(id, 'finding', { position: { left: middle.x - left + 6, top: middle.y - top - 24 }, html: sign });
      }
      canvas.addMarker(id, `has-${severity}`);
      marked.push([id, `has-${severity}`]);
    }
  }

  function show() {
    const errors = found.filter((each) => each.severity === 'error').length;
    count.textContent = found.length ? fill(words.findings, { errors, all: found.length }) : words.none;
    count.className = `tag ${errors ? 'tag-bad' : found.length ? 'tag-open' : 'tag-good'}`;
    list.replaceChildren(
      ...found.map((each) =>
        h('li', { class: `finding-line finding-${each.severity}` },
          h('button', { type: 'button', onclick: ({ currentTarget }) => tell(each, currentTarget.parentElement) }, icon(sprite, SIGNS[each.severity]), h('span', {}, h('b', {}, `${words[`${each.severity}_`]}: `), each.sentence, each.name && !each.sentence.includes(each.name) ? h('small', {}, ` ${each.name}`) : null)))),
    );
    if (!way.told) return;
    const again = found.findIndex((each) => each.sentence === way.told.sentence && each.way.length);
    if (again < 0) way.clear();
    else way.show(found[again], list.children[again], way.at);
  }

  async function check() {
    const turn = (latest += 1);
    holder.setAttribute('data-checking', '');
    const sent = new FormData();
    sent.set('csrf', csrf);
    const { xml } = await modeler.saveXML();
    sent.set('drawing', new Blob([xml], { type: 'application/xml' }), 'draft.bpmn');
    try {
      const answer = await fetch(address, { method: 'POST', body: sent });
      if (turn !== latest) return;
      if (!answer.ok) throw new Error(answer.status);
      found = (await answer.json()).findings;
      show();
      mark();
      told(found);
    } catch {
      if (turn === latest) count.textContent = words.unchecked;
    } finally {
      if (turn === latest) holder.removeAttribute('data-checking');
    }
  }

  return {
    soon() {
      count.textContent = words.checking;
      count.className = 'tag';
      clearTimeout(waiting);
      waiting = setTimeout(check, 600);
    },
    check,
    of: (id) => found.filter((each) => each.element === id),
  };
}
