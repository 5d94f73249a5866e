import { chosen } from './chosen.js';
import { keys } from './keys.js';
import { drafts } from './drafts.js';
import { once } from './once.js';
import { questions } from './questions.js';

for (const list of document.querySelectorAll('[data-keys]')) keys(list);
for (const form of document.querySelectorAll('form[data-chosen]')) chosen(form);
for (const form of document.querySelectorAll('form[data-draft]')) drafts(form);
for (const form of document.querySelectorAll('form[method="post"]')) once(form);
for (const form of document.querySelectorAll('form[data-questions]')) questions(form);
