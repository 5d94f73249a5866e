import Modeler from 'bpmn-js/lib/Modeler';
import 'bpmn-js/dist/assets/diagram-js.css';
import 'bpmn-js/dist/assets/bpmn-js.css';
import 'bpmn-js/dist/assets/bpmn-font/css/bpmn.css';
import { COLOURS } from '../viewer/colours.js';
import '../viewer/viewer.css';
import './modeler.css';

import { findings } from './findings.js';
import { house } from './house.js';
import lajur from './lajur.json';
import { Model } from './model.js';
import { panel } from './panel.js';
import { saving } from './saving.js';
import { fill } from './dom.js';

/** A list fact is named where BPMN wants an element: what no element answers to is kept as it was. */
function keepListNames(modeler, warnings) {
  const moddle = modeler.get('moddle');
  for (const { element, property, value } of warnings) {
    if (/loopData(In|Out)putRef$/.test(property ?? '') && value) element.set(property, moddle.create('bpmn:DataInput', { id: value }));
  }
}

/** Shows all of it beside the palette, but never so small that nobody can read it: a long drawing then begins at its left. */
function fit(canvas) {
  const { inner, outer } = canvas.viewbox();
  const scale = Math.max(0.6, Math.min(1, (outer.width - 140) / inner.width, (outer.height - 40) / inner.height));
  canvas.viewbox({ x: inner.x - 120 / scale, y: inner.y - 20 / scale, width: outer.width / scale, height: outer.height / scale });
}

/** Reads a drawing and writes it again, so that what the modeler keeps can be tried on every drawing there is. */
export async function load(modeler, xml) {
  const { warnings } = await modeler.importXML(xml);
  keepListNames(modeler, warnings);
  return warnings;
}

async function draw(holder) {
  const { drawing, save, check, csrf, icons: sprite } = holder.dataset;
  const words = JSON.parse(holder.dataset.words);
  const registers = JSON.parse(holder.dataset.registers);
  const modeler = new Modeler({
    container: holder.querySelector('[data-canvas]'),
    moddleExtensions: { lajur },
    additionalModules: [house(words.bpmn)],
    bpmnRenderer: COLOURS,
  });
  const answer = await fetch(drawing);
  if (!answer.ok) throw new Error(`The draft cannot be fetched (${answer.status}).`);
  await load(modeler, await answer.text());
  const canvas = modeler.get('canvas');
  fit(canvas);

  const status = holder.querySelector('[data-status]');
  const trouble = holder.querySelector('[data-trouble]');
  const kept = saving({
    address: save,
    csrf,
    version: holder.dataset.version,
    drawing: async () => (await modeler.saveXML({ format: true })).xml,
    say(state, more) {
      status.dataset.status = state;
      status.textContent = fill(words.kept[state], { when: more ?? '' });
      trouble.hidden = !['stopped', 'refused'].includes(state);
      if (!trouble.hidden) trouble.querySelector('p').textContent = more;
    },
  });

  const model = new Model(modeler);
  const rules = findings({ modeler, holder, words, address: check, csrf, sprite, told: () => side.told() });
  const side = panel({ modeler, model, holder, words, registers, sprite, findingsOf: rules.of, fixedCode: holder.dataset.code });
  const bus = modeler.get('eventBus');
  const stack = modeler.get('commandStack');

  bus.on('selection.changed', ({ newSelection }) => side.show(newSelection.length === 1 ? newSelection[0] : null));
  bus.on('commandStack.changed', () => {
    for (const [name, can] of [['undo', stack.canUndo()], ['redo', stack.canRedo()]]) holder.querySelector(`[data-do=${name}]`).disabled = !can;
    if (!side.busy) side.again();
    kept.changed();
    rules.soon();
  });
  holder.addEventListener('click', async (event) => {
    const act = event.target.closest('[data-do]')?.dataset.do;
    if (act === 'undo' || act === 'redo') {
      stack[act]();
      side.again();
    } else if (act === 'fit') fit(canvas);
    else if (act === 'sheet') modeler.get('selection').select(null);
    const leave = event.target.closest('a[data-leave]');
    if (leave && kept.open) {
      event.preventDefault();
      document.activeElement?.blur?.();
      if (await kept.flush()) location.assign(leave.href);
    }
  });
  addEventListener('keydown', (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === 's') {
      event.preventDefault();
      document.activeElement?.blur?.();
      kept.flush();
    }
  });
  addEventListener('beforeunload', (event) => {
    if (kept.open) event.preventDefault();
  });
  side.show(null);
  holder.setAttribute('data-ready', '');
  holder.lajur = { modeler, load };
  rules.check();
}

const wide = matchMedia('(min-width: 900px)').matches;
for (const holder of document.querySelectorAll('[data-editor]')) {
  if (wide) draw(holder).catch((error) => console.error(error));
  else holder.remove();
}
if (!wide && document.querySelector('[data-viewer]')) import('../viewer/index.js');
