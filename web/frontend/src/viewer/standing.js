/** Puts what a case has done and what it waits for onto one drawing: quiet fill and tick, sea ring, red clock. */
const SIGNS = { done: 'check', current: 'circle-dot', late: 'clock-alert' };

/** What the server knows of this drawing in this case; nothing where the page shows no case. */
export async function standing(address, process) {
  if (!address) return null;
  const answer = await fetch(address + encodeURIComponent(process));
  return answer.ok ? answer.json() : null;
}

export function mark(viewer, known, { icons, words }) {
  const canvas = viewer.get('canvas');
  const elements = viewer.get('elementRegistry');
  for (const element of elements.filter((e) => e.businessObject?.calledElement)) canvas.addMarker(element, 'calls');
  if (!known) return;

  const said = JSON.parse(words);
  const met = new Set();
  for (const { element: id, state, tokens } of known.entries) {
    const element = elements.get(id);
    if (!element) continue;
    met.add(id);
    canvas.addMarker(element, `is-${state}`);
    const activity = element.businessObject.$instanceOf('bpmn:Activity');
    if (activity || state !== 'done') badge(viewer, element, state, tokens > 1 ? `${said[state]} (${tokens})` : said[state], icons);
  }
  const nodes = elements.filter((e) => e.type !== 'label' && e.businessObject?.$instanceOf?.('bpmn:FlowNode'));
  for (const element of nodes) if (!met.has(element.id)) canvas.addMarker(element, 'is-never');
}

function badge(viewer, element, state, words, icons) {
  if (element.waypoints) return;
  const html = document.createElement('div');
  html.className = `standing standing-${state}`;
  html.title = words;
  const picture = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  picture.setAttribute('class', 'icon');
  picture.setAttribute('role', 'img');
  picture.setAttribute('aria-label', words);
  const use = document.createElementNS('http://www.w3.org/2000/svg', 'use');
  use.setAttribute('href', `${icons}#${SIGNS[state]}`);
  picture.append(use);
  html.append(picture);
  viewer.get('overlays').add(element, { position: { top: -11, right: 11 }, html });
}
