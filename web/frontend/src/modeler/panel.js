import { choice, field, h, icon, lines, long, text, tick } from './dom.js';
import { fields } from './fields.js';
import { times } from './times.js';

const kindOf = (bo, type) => bo.$instanceOf(`bpmn:${type}`);
const REFERRED = {
  'bpmn:MessageEventDefinition': ['messageRef', 'bpmn:Message', 'name', 'message'],
  'bpmn:ErrorEventDefinition': ['errorRef', 'bpmn:Error', 'errorCode', 'error'],
  'bpmn:EscalationEventDefinition': ['escalationRef', 'bpmn:Escalation', 'escalationCode', 'escalation'],
};
const TIMES = ['timeDuration', 'timeDate', 'timeCycle'];

/** What can be said of the element that is selected, in the order of the sheet; of none, the cover sheet of the whole. */
export function panel({ modeler, model, holder, words, registers, sprite, findingsOf, fixedCode }) {
  const place = holder.querySelector('[data-panel]');
  let shown = null;

  const section = (title, ...content) => h('fieldset', {}, h('legend', {}, title), content);

  const { span, duties, ladder } = times({ model, words, registers, sprite, again: () => again() });

  function legal(current, save) {
    const rows = current.map((each) => ({ instrument: each.instrument ?? '', article: each.article ?? '' }));
    const store = () => save(rows.filter((each) => each.instrument).map((each) => model.make('lajur:LegalBasis', each)));
    const draw = (each, at) => h('div', { class: 'legal' },
      field(words.instrument, choice(each.instrument, registers.instruments, (value) => { each.instrument = value; store(); })),
      field(words.article, text(each.article, (value) => { each.article = value; store(); })),
      h('button', { type: 'button', class: 'button button-bare button-icon', 'aria-label': words.removeLegal, title: words.removeLegal, onclick: () => { rows.splice(at, 1); store(); again(); } }, icon(sprite, 'trash-2')));
    const add = () => { rows.push({ instrument: registers.instruments[0]?.[0] ?? '', article: '' }); store(); again(); };
    return section(words.legal, rows.map(draw), h('button', { type: 'button', class: 'button', onclick: add }, icon(sprite, 'plus'), words.addLegal));
  }

  function sheet() {
    const bo = model.process;
    const root = modeler.get('canvas').getRootElement();
    const pool = modeler.get('elementRegistry').find((each) => each.businessObject?.processRef === bo) ?? root;
    const found = model.one(bo, 'Sheet');
    const take = () => {
      const now = model.one(bo, 'Sheet');
      const said = {};
      for (const name of ['area', 'generality', 'level', 'nature', 'occasion', 'office', 'owner', 'scope', 'shown', 'status', 'variantEdition', 'variantOf']) said[name] = now?.[name];
      for (const name of ['promised']) said[name] = now?.[name];
      for (const name of ['duty', 'rung', 'legalBasis', 'qualification', 'related', 'equipment', 'warning', 'record', 'fact', 'standard']) said[name] = [...(now?.[name] ?? [])];
      return said;
    };
    const store = (change) => model.put(root, bo, 'Sheet', [model.make('lajur:Sheet', { ...take(), ...change })]);
    const word = (name, options) => field(words[name], choice(found?.[name] ?? '', [['', '–'], ...options], (value) => store({ [name]: value })));
    const list = (name, type, help) => field(words[name], lines((found?.[name] ?? []).map((each) => each.text ?? ''), (said) => store({ [name]: said.map((each) => model.make(`lajur:${type}`, { text: each })) })), help);
    const standard = (part) => model.one(bo, 'Sheet')?.standard?.find((each) => each.part === part)?.text;
    const standards = (part, said) => registers.parts.flatMap(([each]) => {
      const words_ = each === part ? said.trim() : standard(each);
      return words_ ? [model.make('lajur:Standard', { part: each, text: words_ })] : [];
    });
    const rename = (name) => {
      model.set(root, bo, { name });
      if (pool !== root) model.rename(pool, name);
    };
    const recode = (id) => {
      model.set(root, bo, { id });
    };
    return [
      h('h2', {}, words.sheet),
      field(words.title, text(bo.name, rename)),
      fixedCode ? h('p', { class: 'small quiet' }, `${words.code}: ${bo.id}`) : field(words.code, text(bo.id, recode, { spellcheck: 'false' }), words.codeHelp),
      h('div', { class: 'pair' }, word('level', registers.levels), word('area', registers.areas)),
      h('div', { class: 'pair' }, word('nature', registers.natures), word('scope', registers.scopes)),
      h('div', { class: 'pair' }, word('generality', registers.generalities), word('status', registers.statuses)),
      field(words.owner, text(found?.owner, (owner) => store({ owner }))),
      section(words.times,
        span(words.promised, found?.promised, (promised) => store({ promised: promised ? model.make('lajur:Promised', promised) : undefined })),
        duties(() => model.one(bo, 'Sheet')?.duty, (duty) => store({ duty })),
        ladder(() => model.one(bo, 'Sheet')?.rung, (rung) => store({ rung }))),
      legal(found?.legalBasis ?? [], (legalBasis) => store({ legalBasis })),
      section(words.rest,
        list('qualification', 'Qualification'), list('equipment', 'Equipment'), list('warning', 'Warning'), list('record', 'Record'),
        list('related', 'Related', words.relatedHelp), list('fact', 'Fact', words.factHelp)),
      section(words.standard,
        h('div', { class: 'pair' }, word('occasion', registers.occasions), word('shown', registers.shown)),
        h('p', { class: 'small quiet' }, words.standardHelp),
        registers.parts.map(([part, name]) => field(name, long(standard(part), (said) => store({ standard: standards(part, said) }), { rows: 2 })))),
      section(words.variant,
        h('p', { class: 'small quiet' }, words.variantHelp),
        field(words.variantOffice, choice(found?.office ?? '', [['', '–'], ...registers.houses], (office) => store({ office }))),
        field(words.variantOf, choice(found?.variantOf ?? '', [['', '–'], ...registers.procedures], (variantOf) => store({ variantOf }))),
        field(words.variantEdition, text(found?.variantEdition, (variantEdition) => store({ variantEdition }), { inputmode: 'numeric' }))),
    ];
  }

  function lane(element, bo) {
    const current = model.one(bo, 'Performer');
    const said = { post: current?.post ?? '', office: current?.office ?? 'case' };
    const store = (change) => {
      Object.assign(said, change);
      model.put(element, bo, 'Performer', [model.make('lajur:Performer', said)]);
      const post = registers.posts.find(([code]) => code === said.post)?.[1] ?? said.post;
      const where = registers.offices.find(([code]) => code === said.office)?.[1] ?? '';
      model.rename(element, said.office === 'case' ? post : `${post} (${where.toLowerCase()})`);
    };
    return [
      field(words.post, choice(said.post, [['', '–'], ...registers.posts], (post) => store({ post }))),
      field(words.office, choice(said.office, registers.offices, (office) => store({ office }))),
    ];
  }

  function whose(bo) {
    const own = bo.lanes?.[0] ?? modeler.get('elementRegistry').find((each) => each.type === 'bpmn:Lane' && each.businessObject.flowNodeRef?.includes(bo))?.businessObject;
    const performer = own ? model.one(own, 'Performer') : null;
    const post = registers.posts.find(([code]) => code === performer?.post)?.[1];
    return h('p', { class: 'small quiet' }, `${words.lane}: ${post ?? own?.name ?? words.noLane}`);
  }

  function step(element, bo) {
    const call = kindOf(bo, 'CallActivity');
    const one = (name) => model.texts(bo, name)[0] ?? '';
    const put = (name) => (value) => model.putTexts(element, bo, name, [value]);
    return [
      whose(bo),
      call ? field(words.calls, choice(bo.calledElement ?? '', [['', '–'], ...registers.procedures], (calledElement) => model.properties(element, { calledElement }))) : null,
      field(words.do, long(model.documentation(bo), (value) => model.putDocumentation(element, bo, value))),
      span(words.allowance, model.one(bo, 'Allowance'), (said) => model.put(element, bo, 'Allowance', [said && model.make('lajur:Allowance', said)])),
      field(words.requirements, lines(model.texts(bo, 'Requirement'), (said) => model.putTexts(element, bo, 'Requirement', said)), words.oneALine),
      field(words.output, text(one('Output'), put('Output'))),
      message(element, bo),
      kindOf(bo, 'UserTask') ? fields({ element, bo, model, words, registers, sprite, again }) : null,
      legal(model.all(bo, 'LegalBasis'), (made) => model.put(element, bo, 'LegalBasis', made)),
      section(words.more,
        field(words.note, long(one('Note'), put('Note'), { rows: 2 })),
        stage(element, bo),
        field(words.act, choice(one('Act'), [['', '–'], ...registers.acts], put('Act'))),
        each(element, bo)),
    ];
  }

  /** The stage that the case enters here, and how long it may stay in it. */
  function stage(element, bo) {
    const current = () => model.one(bo, 'Stage');
    const store = (change) => {
      const { text: said, amount, clock, basis } = { text: current()?.text, amount: current()?.amount, clock: current()?.clock, basis: current()?.basis, ...change };
      model.put(element, bo, 'Stage', [said && model.make('lajur:Stage', { text: said, amount, clock, basis })]);
    };
    const entered = (said) => {
      store({ text: said });
      again();
    };
    return [
      field(words.stage, text(current()?.text, entered), words.stageHelp),
      current()?.text ? span(words.stageTime, current(), (said) => store(said ?? { amount: undefined, clock: undefined, basis: undefined })) : null,
    ];
  }

  /** A task that receives or sends names its message itself. */
  function message(element, bo) {
    if (!kindOf(bo, 'ReceiveTask') && !kindOf(bo, 'SendTask')) return null;
    return field(words.message, text(bo.messageRef?.name, (value) => model.set(element, bo, { messageRef: model.root(element, 'bpmn:Message', 'name', value) })));
  }

  function each(element, bo) {
    const loop = bo.loopCharacteristics;
    if (!loop || !loop.$instanceOf('bpmn:MultiInstanceLoopCharacteristics')) return null;
    const list = (id) => model.set(element, loop, { loopDataInputRef: id ? model.make('bpmn:DataInput', { id }) : undefined });
    const item = (name) => model.set(element, loop, { inputDataItem: name ? model.make('bpmn:DataInput', { id: `${bo.id}_butir`, name }) : undefined });
    return [field(words.each, text(loop.loopDataInputRef?.id, list), words.eachHelp), field(words.item, text(loop.inputDataItem?.name, item))];
  }

  function event(element, bo) {
    const definition = bo.eventDefinitions?.[0];
    if (!definition) return [];
    if (definition.$type === 'bpmn:TimerEventDefinition') {
      const kind = TIMES.find((name) => definition[name]) ?? 'timeDuration';
      const store = (name, body) => model.set(element, definition, { timeDuration: undefined, timeDate: undefined, timeCycle: undefined, [name]: model.expression(body) });
      return [
        field(words.timer, choice(kind, registers.timers, (name) => store(name, definition[kind]?.body))),
        field(words.timerValue, text(definition[kind]?.body, (body) => store(TIMES.find((name) => definition[name]) ?? kind, body), { spellcheck: 'false', class: 'code' }), words.timerHelp),
      ];
    }
    const known = REFERRED[definition.$type];
    if (!known) return [];
    const [ref, type, key, word] = known;
    return [field(words[word], text(definition[ref]?.[key], (value) => model.set(element, definition, { [ref]: model.root(element, type, key, value) })))];
  }

  function flow(element, bo) {
    const source = bo.sourceRef;
    const chooses = ['ExclusiveGateway', 'InclusiveGateway', 'Activity'].some((type) => kindOf(source, type));
    if (!chooses) return [];
    const origin = modeler.get('elementRegistry').get(source.id);
    return [
      field(words.condition, long(bo.conditionExpression?.body, (body) => model.properties(element, { conditionExpression: model.expression(body) }), { rows: 2, spellcheck: 'false', class: 'code' }), words.conditionHelp),
      tick(words.default, source.default === bo, (on) => model.properties(origin, { default: on ? bo : undefined })),
    ];
  }

  function content(element) {
    const bo = element?.businessObject;
    if (!bo || kindOf(bo, 'Collaboration') || kindOf(bo, 'Process') || (kindOf(bo, 'Participant') && bo.processRef)) return sheet();
    const name = kindOf(bo, 'TextAnnotation') ? null : field(kindOf(bo, 'Gateway') ? words.question : kindOf(bo, 'SequenceFlow') ? words.answer : words.name, long(bo.name, (value) => model.rename(element, value), { rows: 2 }));
    const kind = words[bo.$type] ?? bo.$type.slice(5);
    const more = kindOf(bo, 'Lane') ? lane(element, bo) : kindOf(bo, 'SubProcess') ? [each(element, bo)] : kindOf(bo, 'Activity') ? step(element, bo) : kindOf(bo, 'Event') ? event(element, bo) : kindOf(bo, 'SequenceFlow') ? flow(element, bo) : [];
    return [h('h2', {}, kind), notes(bo.id), kindOf(bo, 'Lane') ? null : name, ...more];
  }

  function notes(id) {
    const own = findingsOf(id);
    return h('ul', { class: 'own-findings', 'data-own': id }, own.map((each) => h('li', { class: `finding-${each.severity}` }, each.sentence)));
  }

  function show(element) {
    shown = element?.labelTarget ?? element ?? null;
    const top = place.scrollTop;
    const same = place.dataset.of === (shown?.id ?? '');
    place.replaceChildren(...content(shown).flat(3).filter(Boolean));
    place.dataset.of = shown?.id ?? '';
    place.scrollTop = same ? top : 0;
  }

  const again = () => show(shown && modeler.get('elementRegistry').get(shown.id) ? shown : null);
  return {
    show,
    again,
    /** What the rules say of the element shown, put where it is being edited. */
    told() {
      const old = place.querySelector('[data-own]');
      if (old) old.replaceWith(notes(old.dataset.own));
    },
    get busy() {
      return place.contains(document.activeElement) && document.activeElement.matches('input, textarea, select');
    },
  };
}
