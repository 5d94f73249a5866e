/** Puts what a case has done and what it waits for onto the diagram: quiet fill and tick, sea ring, red clock. */
const SIGNS = { done: 'check', current: 'circle-dot', late: 'clock-alert' };

/** True where `walk` (the call activities that lead to this diagram) is part of an entry's way, in the same order. */
function within(walk, way) {
  let at = 0;
  for (const step of way) if (step === walk[at]) at += 1;
  return at === walk.length;
}

function sign(state, words, icons) {
  const badge = document.createElement('div');
  badge.className = `standing standing-${state}`;
  badge.title = words;
  const picture = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const use = document.createElementNS('http://www.w3.org/2000/svg', 'use');
  use.setAttribute('href', `${icons}#${SIGNS[state]}`);
  picture.setAttribute('class', 'icon');
  picture.setAttribute('role', 'img');
  picture.setAttribute('aria-label', words);
  picture.append(use);
  badge.append(picture);
  return badge;
}

export function mark(viewer, crumb, known, { icons, words }) {
  if (!known) return;
  const canvas = viewer.get('canvas');
  const overlays = viewer.get('overlays');
  const elements = viewer.get('elementRegistry');
  const said = words ? JSON.parse(words) : {};
  const here = new Set();

  for (const entry of known.entries) {
    if (!entry.path || !within(crumb.path, entry.path)) continue;
    if (entry.process !== crumb.process) continue;
    const element = elements.get(entry.element);
    if (!element) continue;
    here.add(entry.element);
    canvas.addMarker(element, `is-${entry.state}`);
    if (SIGNS[entry.state] && !element.waypoints && entry.badge) {
      const html = sign(entry.state, entry.words || said[entry.state] || entry.state, icons);
      overlays.add(element, { position: { top: -11, right: 11 }, html });
    }
  }
  for (const element of elements.filter((e) => e.businessObject?.$instanceOf?.('bpmn:FlowNode') && !here.has(e.id))) {
    if (element.type !== 'label') canvas.addMarker(element, 'is-never');
  }
}
