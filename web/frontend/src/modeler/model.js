/** Reads what an SOP adds to the notation out of the drawing, and writes it back as one step that can be undone. */

/** In this order our own writer writes them, so that a change stays a small difference. */
const ORDER = ['Sheet', 'Performer', 'Allowance', 'Requirement', 'Output', 'LegalBasis', 'Note', 'Stage', 'Act', 'Form'];
const rank = (each) => (each.$type.startsWith('lajur:') ? ORDER.indexOf(each.$type.slice(6)) : -1);

export class Model {
  constructor(modeler) {
    this.moddle = modeler.get('moddle');
    this.modeling = modeler.get('modeling');
    this.modeler = modeler;
  }

  get definitions() {
    return this.modeler.getDefinitions();
  }

  make(type, values = {}) {
    const said = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== '' && value !== undefined));
    const made = this.moddle.create(type, said);
    for (const each of Object.values(said).flat()) if (each?.$type) each.$parent = made;
    return made;
  }

  all(bo, name) {
    return (bo.extensionElements?.get('values') ?? []).filter((each) => each.$type === `lajur:${name}`);
  }

  one(bo, name) {
    return this.all(bo, name)[0];
  }

  /** What stands under one name from now on: elements with a type, or nothing. */
  put(element, bo, name, elements) {
    const others = (bo.extensionElements?.get('values') ?? []).filter((each) => each.$type !== `lajur:${name}`);
    const values = [...others, ...elements.filter(Boolean)].sort((a, b) => rank(a) - rank(b));
    const whole = values.length ? this.moddle.create('bpmn:ExtensionElements', { values }) : undefined;
    if (whole) {
      whole.$parent = bo;
      for (const each of values) each.$parent = whole;
    }
    this.set(element, bo, { extensionElements: whole });
  }

  texts(bo, name) {
    return this.all(bo, name).map((each) => each.text ?? '');
  }

  putTexts(element, bo, name, texts) {
    this.put(element, bo, name, texts.filter(Boolean).map((each) => this.make(`lajur:${name}`, { text: each })));
  }

  set(element, bo, values) {
    this.modeling.updateModdleProperties(element, bo, values);
  }

  properties(element, values) {
    this.modeling.updateProperties(element, values);
  }

  rename(element, name) {
    this.modeling.updateLabel(element, name);
  }

  documentation(bo) {
    return (bo.documentation ?? []).map((each) => each.text ?? '').join('\n');
  }

  putDocumentation(element, bo, text) {
    this.set(element, bo, { documentation: text ? [this.make('bpmn:Documentation', { text })] : [] });
  }

  /** The message, error or escalation of this name or code; made where the drawing has none. */
  root(element, type, key, value) {
    if (!value) return undefined;
    const found = this.definitions.rootElements.find((each) => each.$type === type && each[key] === value);
    if (found) return found;
    const id = `${type.slice(5).toLowerCase()}_${value.replace(/[^A-Za-z0-9_]+/g, '_')}`;
    const made = this.make(type, { id, name: value, ...(key === 'name' ? {} : { [key]: value }) });
    made.$parent = this.definitions;
    this.set(element, this.definitions, { rootElements: [...this.definitions.rootElements, made] });
    return made;
  }

  roots(type, key) {
    return this.definitions.rootElements.filter((each) => each.$type === type).map((each) => each[key] ?? '');
  }

  /** The process that the file is of: the one with something in it. */
  get process() {
    const all = this.definitions.rootElements.filter((each) => each.$type === 'bpmn:Process');
    return all.find((each) => each.isExecutable) ?? all.find((each) => each.flowElements?.length) ?? all[0];
  }

  expression(body) {
    return body ? this.make('bpmn:FormalExpression', { body }) : undefined;
  }
}
