/** Where one is: map › macro › micro, each a step back. The first crumb is the drawing that the page began with. */
export function trail(holder, open) {
  const list = holder.querySelector('[data-trail]');
  const crumbs = [];

  const draw = () => {
    list?.replaceChildren(
      ...crumbs.map((crumb, i) => {
        const item = document.createElement('li');
        const last = i === crumbs.length - 1;
        const step = document.createElement(last ? 'span' : 'button');
        step.textContent = crumb.name || crumb.process;
        if (last) step.setAttribute('aria-current', 'step');
        else {
          step.type = 'button';
          step.addEventListener('click', () => {
            crumbs.splice(i + 1);
            open(crumb);
          });
        }
        item.append(step);
        return item;
      }),
    );
  };

  return {
    enter({ process, through, name }) {
      const from = crumbs.at(-1);
      open({ process, name, path: [...from.path, `${from.process}/${through}`] }).catch((error) => console.error(error));
    },
    shown(crumb) {
      if (crumbs.at(-1) !== crumb) crumbs.push(crumb);
      draw();
    },
  };
}
