import { choice, field, fill, h, icon, lines, text } from './dom.js';

const plain = (value) => value.replace(',', '.').trim();

/** What the cover sheet says of time beside its promise: the duties that a law gives, and what happens when time runs out. */
export function times({ model, words, registers, sprite, again }) {
  const button = (sign, label, act, off = false) => h('button', { type: 'button', class: 'button button-bare button-icon', title: label, 'aria-label': label, disabled: off, onclick: act }, icon(sprite, sign));
  const add = (label, act) => h('button', { type: 'button', class: 'button', onclick: act }, icon(sprite, 'plus'), label);

  /** An amount, its clock and the wording it rests on; `save` is told all three. */
  function span(title, current, save, { basis = true } = {}) {
    const said = { amount: current?.amount ?? '', clock: current?.clock ?? 'working-days', basis: current?.basis ?? '' };
    const store = (change) => {
      Object.assign(said, change);
      save(said.amount ? { ...said, amount: plain(said.amount) } : null);
    };
    return h('fieldset', {}, h('legend', {}, title),
      h('div', { class: 'pair' },
        field(words.amount, text(said.amount, (amount) => store({ amount }), { inputmode: 'decimal' })),
        field(words.clock, choice(said.clock, registers.clocks, (clock) => store({ clock })))),
      basis ? field(words.basis, text(said.basis, (said_) => store({ basis: said_ }))) : null);
  }

  const time = (type, each) => (each ? model.make(`lajur:${type}`, { amount: each.amount, clock: each.clock, basis: each.basis }) : undefined);

  function copy(each, changes = {}) {
    const { code, title, begins, ends, times: often, allowance, most, legalBasis } = { ...each, ...read(each), ...changes };
    const made = { code, title, begins, ends, times: often, allowance: time('Allowance', allowance), most: time('Most', most), legalBasis: (legalBasis ?? []).map((one) => model.make('lajur:LegalBasis', { instrument: one.instrument, article: one.article })) };
    if (!made.legalBasis.length) delete made.legalBasis;
    return model.make('lajur:Duty', made);
  }
  const read = ({ code, title, begins, ends, times: often, allowance, most, legalBasis }) => ({ code, title, begins, ends, times: often, allowance, most, legalBasis });

  /** Elements of the drawing that time can be counted from or to, as people call them. */
  function places(first) {
    const found = [];
    const walk = (scope) => {
      for (const each of scope.flowElements ?? []) {
        if (!each.$instanceOf('bpmn:FlowNode')) continue;
        if (each.name || !each.$instanceOf('bpmn:Gateway')) found.push([each.id, each.name || each.id]);
        if (each.$instanceOf('bpmn:SubProcess')) walk(each);
      }
    };
    walk(model.process);
    return [['', first], ...found];
  }

  function duties(now, store) {
    const current = () => now() ?? [];
    const change = (at, changes, redraw = false) => {
      store(current().map((each, i) => (i === at ? copy(each, changes) : copy(each))));
      if (redraw) again();
    };
    const taken = () => new Set(current().map((each) => each.code));
    const coded = (title) => {
      const base = title.normalize('NFKD').replace(/[^\x20-\x7e]/g, '').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^[^a-z]+|-+$/g, '').slice(0, 50) || 'kewajiban';
      let found = base;
      for (let i = 2; taken().has(found); i += 1) found = `${base}-${i}`;
      return found;
    };
    /** A duty that was just added is coded after its title; one that has a code of its own keeps it, for the ledger does. */
    const retitle = (each, at, title) => {
      if (each.title !== words.newDuty || !title) return change(at, { title });
      const code = coded(title);
      times.opened.add(code);
      return change(at, { title, code }, true);
    };
    const law = (each, at) => lines((each.legalBasis ?? []).map((one) => [one.instrument, one.article].filter(Boolean).join(' | ')), (said) =>
      change(at, { legalBasis: said.map((line) => line.split('|')).map(([instrument, article]) => ({ instrument: instrument.trim(), article: (article ?? '').trim() })) }));
    const clocked = (each) => [each.allowance?.amount, registers.clocks.find(([clock]) => clock === each.allowance?.clock)?.[1]].filter(Boolean).join(' ');

    const draw = (each, at) => {
      const details = h('details', { class: 'question', ontoggle: (e) => (e.target.open ? times.opened.add(each.code) : times.opened.delete(each.code)) },
        h('summary', {}, h('span', {}, each.title || each.code || '…'), h('small', {}, clocked(each))),
        field(words.dutyTitle, text(each.title, (title) => retitle(each, at, title))),
        field(words.dutyCode, text(each.code, (code) => change(at, { code }), { spellcheck: 'false' }), words.dutyCodeHelp),
        span(words.allowance, each.allowance, (allowance) => change(at, { allowance })),
        field(words.begins, choice(each.begins, places(words.atStart), (begins) => change(at, { begins }))),
        field(words.ends, choice(each.ends, places(words.atEnd), (ends) => change(at, { ends }))),
        field(words.legal, law(each, at), words.dutyLawHelp),
        span(words.most, each.most, (most) => change(at, { most })),
        field(words.often, text(each.times, (often) => change(at, { times: often }), { inputmode: 'numeric' }), words.oftenHelp),
        h('div', { class: 'question-tools' }, button('trash-2', fill(words.remove, { name: each.title || each.code }), () => {
          store(current().filter((_, i) => i !== at).map((one) => copy(one)));
          again();
        })));
      details.open = times.opened.has(each.code);
      return details;
    };
    const begin = () => {
      const code = coded(words.newDuty);
      times.opened.add(code);
      store([...current().map((each) => copy(each)), model.make('lajur:Duty', { code, title: words.newDuty })]);
      again();
    };
    return h('fieldset', { class: 'duties' }, h('legend', {}, words.duties), h('p', { class: 'help' }, words.dutiesHelp), current().map(draw), add(words.addDuty, begin));
  }

  function ladder(now, store) {
    const current = () => now() ?? [];
    const made = ({ act, part, amount, clock }) => model.make('lajur:Rung', { act, part, amount, clock });
    const change = (at, changes) => store(current().map((each, i) => made(i === at ? { act: each.act, part: each.part, amount: each.amount, clock: each.clock, ...changes } : each)));
    const percent = (part) => (part && !Number.isNaN(Number(part)) ? String(Math.round(Number(part) * 1e4) / 100) : (part ?? ''));
    const share = (said) => (said && !Number.isNaN(Number(plain(said))) ? String(Number((Number(plain(said)) / 100).toFixed(4))) : said);

    const draw = (each, at) => h('div', { class: 'rung' },
      each.amount || each.clock
        ? h('div', { class: 'pair' },
            field(words.afterDue, text(each.amount, (amount) => change(at, { amount: plain(amount) }), { inputmode: 'decimal' })),
            field(words.clock, choice(each.clock, registers.clocks, (clock) => change(at, { clock }))))
        : field(words.atPart, text(percent(each.part), (said) => change(at, { part: share(said) }), { inputmode: 'decimal' })),
      field(words.rungAct, choice(each.act, registers.rungs, (act) => change(at, { act }))),
      button('trash-2', fill(words.remove, { name: `${words.ladder} ${at + 1}` }), () => {
        store(current().filter((_, i) => i !== at).map(made));
        again();
      }));
    const put = (rung) => () => {
      const all = current().map(made);
      const late = all.findIndex((each) => each.amount);
      all.splice(rung.part && late >= 0 ? late : all.length, 0, made(rung));
      store(all);
      again();
    };
    return h('fieldset', { class: 'ladder' }, h('legend', {}, words.ladder),
      current().length ? null : h('p', { class: 'help' }, words.usualLadder),
      current().map(draw),
      h('div', { class: 'rung-tools' }, add(words.addPart, put({ part: '0.75', act: 'remind' })), add(words.addAfter, put({ amount: '2', clock: 'working-days', act: 'incident' }))));
  }

  return { span, duties, ladder };
}
times.opened = new Set();
