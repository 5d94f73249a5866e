// Evaluates expressions with feelin: {context, expressions} on standard input, one answer for each on standard output.
import { readFileSync } from 'node:fs';
import { evaluate } from '@bpmn-io/feelin';

const isTemporal = (value) => Boolean(value) && (value.isLuxonDateTime || value.isLuxonDuration);

// dates and durations are told in feelin's own text, so that no rule of ours stands between the two
function plain(value) {
  if (isTemporal(value)) return { temporal: evaluate('string(value)', { value }).value };
  if (Array.isArray(value)) return value.map(plain);
  if (value === undefined || typeof value === 'function') return { other: String(value) };
  if (typeof value === 'number' && !Number.isFinite(value)) return { other: String(value) };
  if (value !== null && typeof value === 'object') {
    if ('start included' in value) return { range: [plain(value.start), plain(value.end), value['start included'], value['end included']] };
    return { context: Object.entries(value).map(([key, entry]) => [key, plain(entry)]).sort() };
  }
  return value;
}

function answer(expression, context) {
  try {
    return { value: plain(evaluate(expression, context).value) };
  } catch (error) {
    return { error: String(error.message) };
  }
}

const { context, expressions } = JSON.parse(readFileSync(0, 'utf8'));
process.stdout.write(JSON.stringify(expressions.map((expression) => answer(expression, context))));
