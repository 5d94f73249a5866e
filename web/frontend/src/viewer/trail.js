/** Where one is: map › macro › micro, each a step back. The first crumb is the drawing that the page began with. */
export function trail(holder, open) {
  const list = holder.querySelector('[data-trail]');
  const crumbs = [];

  const draw = () =>
    list.replaceChildren(
      ...crumbs.map((crumb, i) => {
        const last = i === crumbs.length - 1;
        const item = document.createElement('li');
        const step = document.createElement(last ? 'span' : 'button');
        step.textContent = crumb.name || crumb.process;
        if (last) step.setAttribute('aria-current', 'step');
        else {
          step.type = 'button';
          step.addEventListener('click', () => open(crumb));
        }
        item.append(step);
        return item;
      }),
    );

  return {
    /** One level down; a drawing that is on the trail already is gone back to. */
    enter: (crumb) => open(crumbs.find((each) => each.process === crumb.process) ?? crumb),
    shown(crumb) {
      const at = crumbs.findIndex((each) => each.process === crumb.process);
      if (at >= 0) crumbs.splice(at + 1);
      else crumbs.push(crumb);
      draw();
    },
  };
}
