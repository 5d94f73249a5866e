/**
 * Keeps the drawing on the server a moment after each change. It names the version that this page has seen, so that of two
 * windows the second is told, and never overwrites the first.
 */
export function saving({ address, csrf, version, drawing, say }) {
  let seen = version;
  let waiting;
  let changed = 0;
  let kept = 0;
  let stopped = false;
  let turn = Promise.resolve();

  async function save() {
    if (stopped || kept === changed) return;
    const at = changed;
    say('saving');
    const sent = new FormData();
    sent.set('csrf', csrf);
    sent.set('seen', seen);
    sent.set('drawing', new Blob([await drawing()], { type: 'application/xml' }), 'draft.bpmn');
    let answer;
    let told;
    try {
      answer = await fetch(address, { method: 'POST', body: sent });
      told = await answer.json();
    } catch {
      say('offline');
      waiting = setTimeout(go, 5000);
      return;
    }
    if (!answer.ok) {
      stopped = answer.status === 409 || answer.status === 403;
      say(stopped ? 'stopped' : 'refused', told.said);
      return;
    }
    seen = told.version;
    kept = at;
    say('saved', told.when);
  }

  const go = () => (turn = turn.then(save));

  return {
    changed() {
      changed += 1;
      clearTimeout(waiting);
      waiting = setTimeout(go, 2000);
    },
    /** True once everything is kept. */
    async flush() {
      clearTimeout(waiting);
      await go();
      return kept === changed;
    },
    get open() {
      return kept !== changed;
    },
  };
}
