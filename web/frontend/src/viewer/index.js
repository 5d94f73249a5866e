import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer';
import 'bpmn-js/dist/assets/diagram-js.css';
import 'bpmn-js/dist/assets/bpmn-js.css';
import './viewer.css';

import { measured, number } from './measure.js';
import { mark, standing } from './standing.js';
import { COLOURS } from './colours.js';
import { seek } from './sought.js';
import { trail } from './trail.js';
import { ways } from './way.js';

/**
 * Turns one <div data-viewer> into a diagram that can be moved, zoomed and followed into the micros it calls.
 * data-drawings is the address of the drawings, ending in a slash; data-process the one shown first;
 * data-standing, where a case is shown, the address of what has been done in it and what waits;
 * data-show, where one came for a single step, its element;
 * data-measure, where a SOP is measured, the address of the numbers at its steps, with ~ for the drawing.
 */
async function show(holder) {
  const { drawings, process, title } = holder.dataset;
  const canvas = document.createElement('div');
  canvas.className = 'viewer-canvas';
  canvas.tabIndex = 0;
  canvas.setAttribute('role', 'application');
  canvas.setAttribute('aria-label', holder.dataset.label);

  const viewer = new NavigatedViewer({
    container: canvas,
    bpmnRenderer: COLOURS,
  });
  const path = trail(holder, open);

  async function open(crumb) {
    const [answer, known, numbers] = await Promise.all([
      fetch(drawings + encodeURIComponent(crumb.process)),
      standing(holder.dataset.standing, crumb.process),
      measured(holder.dataset.measure, crumb.process),
    ]);
    if (!answer.ok) throw new Error(`The drawing of ${crumb.process} cannot be fetched (${answer.status}).`);
    await viewer.importXML(await answer.text());
    grow();
    fit();
    mark(viewer, known, holder.dataset);
    number(viewer, numbers);
    if (crumb.process === process) seek(viewer, holder.dataset.show);
    path.shown(crumb);
  }

  /** As tall as the drawing needs at the width there is, within what a page can spare. */
  function grow() {
    const { inner } = viewer.get('canvas').viewbox();
    const scale = Math.max(0.7, Math.min(1, canvas.clientWidth / (inner.width + 40)));
    canvas.style.blockSize = `${Math.max(260, Math.min(inner.height * scale + 60, innerHeight * 0.75))}px`;
    viewer.get('canvas').resized();
  }

  /** Shows all of it, but never so small that nobody can read it: a long drawing then begins at its left. */
  function fit(all = false) {
    const view = viewer.get('canvas');
    view.zoom(view.zoom('fit-viewport', 'auto') * 0.96, 'auto');
    if (all || view.zoom() > 0.55) return;
    view.zoom(0.7);
    const { inner } = view.viewbox();
    const box = view.viewbox();
    const tall = inner.height > box.height;
    view.viewbox({ x: inner.x - 20, y: tall ? inner.y - 20 : inner.y + inner.height / 2 - box.height / 2, width: box.width, height: box.height });
  }

  viewer.get('eventBus').on('element.click', ({ element }) => {
    const called = element.businessObject?.calledElement;
    if (called) path.enter({ process: called, name: element.businessObject.name }).catch(console.error);
  });
  holder.addEventListener('click', ({ target }) => {
    const step = target.closest('[data-zoom]')?.dataset.zoom;
    if (step === 'fit') fit(true);
    else if (step) viewer.get('zoomScroll').stepZoom(Number(step));
  });
  for (const button of document.querySelectorAll('[data-open]')) {
    button.addEventListener('click', () => {
      path.enter({ process: button.dataset.open, name: button.dataset.name }).catch(console.error);
      holder.scrollIntoView({ block: 'nearest' });
    });
  }

  const shortest = document.querySelector('[data-ways]');
  if (shortest) {
    const words = JSON.parse(shortest.dataset.ways);
    const way = ways({ viewer, words, sprite: holder.dataset.icons });
    for (const button of shortest.querySelectorAll('[data-way]')) {
      button.hidden = false;
      button.addEventListener('click', async () => {
        await path.enter({ process, name: title });
        holder.scrollIntoView({ block: 'nearest' });
        way.show(JSON.parse(button.dataset.way), holder);
      });
    }
    viewer.on('import.parse.start', way.clear);
  }

  const still = holder.querySelector('[data-still]');
  still.after(canvas);
  still.hidden = true;
  try {
    await open({ process, name: title });
    holder.setAttribute('data-ready', '');
  } catch (error) {
    canvas.remove();
    still.hidden = false;
    console.error(error);
  }
}

for (const holder of document.querySelectorAll('[data-viewer]')) show(holder);
