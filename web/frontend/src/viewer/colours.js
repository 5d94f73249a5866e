/** By their names and not by what they are now, so that a drawing turns with the page when night comes. */
export const COLOURS = { defaultFillColor: 'var(--paper)', defaultStrokeColor: 'var(--ink)', defaultLabelColor: 'var(--ink)' };
