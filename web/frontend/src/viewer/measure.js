/** Puts one number at each step of a drawing, and a tint that says how strong it is against the strongest. */

/** What the server has counted in this drawing; nothing where the page measures no SOP. */
export async function measured(address, process) {
  if (!address) return null;
  const answer = await fetch(address.replace('~', encodeURIComponent(process)));
  return answer.ok ? answer.json() : null;
}

export function number(viewer, numbers) {
  if (!numbers) return;
  const canvas = viewer.get('canvas');
  const elements = viewer.get('elementRegistry');
  for (const { element: id, strength, label, words } of numbers.entries) {
    const element = elements.get(id);
    if (!element || element.waypoints) continue;
    canvas.addMarker(element, `strength-${strength}`);
    const html = document.createElement('div');
    html.className = `measure measure-${strength}`;
    html.textContent = label;
    html.title = words;
    html.setAttribute('role', 'img');
    html.setAttribute('aria-label', words);
    viewer.get('overlays').add(element, { position: { top: -12, left: 4 }, html });
  }
}
