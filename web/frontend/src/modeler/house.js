/** What may be drawn here: the elements that the house runs, and no others. The rules say the same of a file. */
const NOT_RUN = /signal|condition|compensat|transaction|ad-hoc|script|rule-task|complex|cancel|event-subprocess|collapsed|data-|replace-with-task$|toggle-loop/;

class Palette {
  constructor(palette, create, elementFactory, spaceTool, lassoTool, handTool, globalConnect, translate) {
    Object.assign(this, { create, elementFactory, spaceTool, lassoTool, handTool, globalConnect, translate });
    palette.registerProvider(this);
  }

  getPaletteEntries() {
    const { create, elementFactory, translate } = this;
    const tool = (icon, title, start) => ({ group: 'tools', className: `bpmn-icon-${icon}`, title: translate(title), action: { click: start } });
    const shape = (group, icon, title, options) => {
      const start = (event) => create.start(event, elementFactory.createShape(options));
      return { group, className: `bpmn-icon-${icon}`, title: translate(title), action: { click: start, dragstart: start } };
    };
    const subProcess = (event) => {
      const around = elementFactory.createShape({ type: 'bpmn:SubProcess', x: 0, y: 0, isExpanded: true });
      const start = elementFactory.createShape({ type: 'bpmn:StartEvent', x: 40, y: 82, parent: around });
      create.start(event, [around, start], { hints: { autoSelect: [around] } });
    };
    const pool = (event) => create.start(event, elementFactory.createParticipantShape({ type: 'bpmn:Participant', isExpanded: false }));
    return {
      'hand-tool': tool('hand-tool', 'Activate hand tool', (e) => this.handTool.activateHand(e)),
      'lasso-tool': tool('lasso-tool', 'Activate lasso tool', (e) => this.lassoTool.activateSelection(e)),
      'space-tool': tool('space-tool', 'Activate create/remove space tool', (e) => this.spaceTool.activateSelection(e)),
      'global-connect-tool': tool('connection-multi', 'Activate global connect tool', (e) => this.globalConnect.start(e)),
      'tool-separator': { group: 'tools', separator: true },
      'create.start-event': shape('event', 'start-event-none', 'Create start event', { type: 'bpmn:StartEvent' }),
      'create.timer': shape('event', 'intermediate-event-catch-timer', 'Create timer', { type: 'bpmn:IntermediateCatchEvent', eventDefinitionType: 'bpmn:TimerEventDefinition' }),
      'create.end-event': shape('event', 'end-event-none', 'Create end event', { type: 'bpmn:EndEvent' }),
      'create.user-task': shape('activity', 'user-task', 'Create step', { type: 'bpmn:UserTask' }),
      'create.manual-task': shape('activity', 'manual-task', 'Create step by hand', { type: 'bpmn:ManualTask' }),
      'create.call': shape('activity', 'call-activity', 'Create call of a procedure', { type: 'bpmn:CallActivity' }),
      'create.subprocess': { group: 'activity', className: 'bpmn-icon-subprocess-expanded', title: translate('Create group of steps'), action: { click: subProcess, dragstart: subProcess } },
      'create.exclusive-gateway': shape('gateway', 'gateway-xor', 'Create decision', { type: 'bpmn:ExclusiveGateway' }),
      'create.parallel-gateway': shape('gateway', 'gateway-parallel', 'Create fork or join', { type: 'bpmn:ParallelGateway' }),
      'create.pool': { group: 'collaboration', className: 'bpmn-icon-participant', title: translate('Create outside party'), action: { click: pool, dragstart: pool } },
    };
  }
}
Palette.$inject = ['palette', 'create', 'elementFactory', 'spaceTool', 'lassoTool', 'handTool', 'globalConnect', 'translate'];

const run = (entries) => Object.fromEntries(Object.entries(entries).filter(([name]) => !NOT_RUN.test(name)));

class Replace {
  constructor(popupMenu) {
    popupMenu.registerProvider('bpmn-replace', 500, this);
  }

  getPopupMenuEntries() {
    return run;
  }

  getPopupMenuHeaderEntries() {
    return run;
  }
}
Replace.$inject = ['popupMenu'];

class Pad {
  constructor(contextPad, elementFactory, autoPlace, create) {
    Object.assign(this, { elementFactory, autoPlace, create });
    contextPad.registerProvider(500, this);
  }

  getContextPadEntries() {
    const task = () => this.elementFactory.createShape({ type: 'bpmn:UserTask' });
    return (entries) => {
      const kept = run(entries);
      delete kept['append.intermediate-event'];
      const step = kept['append.append-task'];
      if (step) {
        const action = {
          click: (event, element) => this.autoPlace.append(element, task()),
          dragstart: (event, element) => this.create.start(event, task(), { source: element }),
        };
        kept['append.append-task'] = { ...step, className: 'bpmn-icon-user-task', action };
      }
      return kept;
    };
  }
}
Pad.$inject = ['contextPad', 'elementFactory', 'autoPlace', 'create'];

export const house = (said) => ({
  __init__: ['paletteProvider', 'lajurReplace', 'lajurPad'],
  paletteProvider: ['type', Palette],
  lajurReplace: ['type', Replace],
  lajurPad: ['type', Pad],
  translate: ['value', (template, named = {}) => (said[template] ?? template).replace(/\{([^}]+)\}/g, (whole, name) => named[name] ?? whole)],
});
