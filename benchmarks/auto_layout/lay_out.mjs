// Lays drawings out one by one: a JSON list of BPMN texts comes in, a list of {text, seconds} or {problem} goes out.
import { readFileSync } from 'node:fs';
import { layoutProcess } from 'bpmn-auto-layout';

const told = [];
for (const text of JSON.parse(readFileSync(0, 'utf8'))) {
  const began = performance.now();
  try {
    const made = await layoutProcess(text);
    told.push({ text: made, seconds: (performance.now() - began) / 1000 });
  } catch (problem) {
    told.push({ problem: String(problem.message || problem) });
  }
}
process.stdout.write(JSON.stringify(told));
