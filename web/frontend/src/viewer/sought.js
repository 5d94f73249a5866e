/** Shows the one step that somebody came for: framed, and in the middle of what is seen. */
export function seek(viewer, id) {
  const element = id && viewer.get('elementRegistry').get(id);
  if (!element || element.waypoints) return;
  const canvas = viewer.get('canvas');
  canvas.addMarker(element, 'is-current');
  const box = canvas.viewbox();
  const scale = Math.max(canvas.zoom(), 0.7);
  if (scale > canvas.zoom()) canvas.zoom(scale);
  const { width, height } = canvas.viewbox();
  if (width >= box.inner.width && height >= box.inner.height) return;
  canvas.viewbox({ x: element.x + element.width / 2 - width / 2, y: element.y + element.height / 2 - height / 2, width, height });
}
