import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer';
import 'bpmn-js/dist/assets/diagram-js.css';
import 'bpmn-js/dist/assets/bpmn-js.css';
import './viewer.css';

import { mark } from './standing.js';
import { trail } from './trail.js';

/**
 * Turns one <div data-viewer> into a diagram that can be moved, zoomed and followed into the micros it calls.
 * data-drawings is the address of the drawings, ending in a slash; data-process the one shown first;
 * data-standing, where a case is shown, the address of what has been done in it and what waits.
 */
async function show(holder) {
  const { drawings, process, standing } = holder.dataset;
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const canvas = document.createElement('div');
  canvas.className = 'viewer-canvas';
  canvas.tabIndex = 0;
  canvas.setAttribute('role', 'application');
  canvas.setAttribute('aria-label', holder.dataset.label);

  const viewer = new NavigatedViewer({
    container: canvas,
    keyboard: { bind: false },
    bpmnRenderer: { defaultFillColor: colour('--paper'), defaultStrokeColor: colour('--ink'), defaultLabelColor: colour('--ink') },
  });
  const known = standing ? await fetch(standing).then((r) => (r.ok ? r.json() : { entries: [] })) : null;
  const path = trail(holder, (crumb) => open(crumb));

  async function open(crumb) {
    const answer = await fetch(drawings + encodeURIComponent(crumb.process));
    if (!answer.ok) throw new Error(`The drawing of ${crumb.process} cannot be fetched (${answer.status}).`);
    await viewer.importXML(await answer.text());
    viewer.get('canvas').zoom('fit-viewport', 'auto');
    mark(viewer, crumb, known, holder.dataset);
    path.shown(crumb, viewer);
  }

  viewer.get('eventBus').on('element.click', ({ element }) => {
    const called = element.businessObject?.calledElement;
    if (called) path.enter({ process: called, through: element.id, name: element.businessObject.name });
    else holder.dispatchEvent(new CustomEvent('viewer:chosen', { bubbles: true, detail: element.id }));
  });
  holder.addEventListener('click', ({ target }) => {
    const step = target.closest('[data-zoom]')?.dataset.zoom;
    if (step === 'fit') viewer.get('canvas').zoom('fit-viewport', 'auto');
    else if (step) viewer.get('zoomScroll').stepZoom(Number(step));
  });

  const still = holder.querySelector('[data-still]');
  still?.after(canvas);
  try {
    await open({ process, path: [], name: holder.dataset.title });
    still?.remove();
    holder.setAttribute('data-ready', '');
  } catch (error) {
    canvas.remove();
    holder.setAttribute('data-failed', '');
    console.error(error);
  }
}

for (const holder of document.querySelectorAll('[data-viewer]')) show(holder);
