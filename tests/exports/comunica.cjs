// Asks a SPARQL endpoint through Comunica and prints the answer as JSON.
//
//   node comunica.cjs ENDPOINT < tasks.json
//
// A task is {"kind": "bindings" | "boolean" | "quads", "query": "..."}. Each answer is what
// its kind names: rows (variable to term), true or false, or statements, terms as N-Triples.
'use strict';

const { QueryEngine } = require('@comunica/query-sparql');
const { termToString } = require('rdf-string-ttl');

async function answer(engine, task, context) {
  if (task.kind === 'boolean') {
    return engine.queryBoolean(task.query, context);
  }
  if (task.kind === 'quads') {
    const quads = await (await engine.queryQuads(task.query, context)).toArray();
    return quads.map(quad => [quad.subject, quad.predicate, quad.object].map(term => termToString(term)));
  }
  const rows = await (await engine.queryBindings(task.query, context)).toArray();
  return rows.map(row => Object.fromEntries(
    [...row].map(([variable, term]) => [variable.value, termToString(term)]),
  ));
}

async function main() {
  let text = '';
  for await (const chunk of process.stdin) {
    text += chunk;
  }
  const engine = new QueryEngine();
  const context = { sources: [{ type: 'sparql', value: process.argv[2] }] };
  const answers = [];
  for (const task of JSON.parse(text)) {
    try {
      answers.push({ answer: await answer(engine, task, context) });
    } catch (error) {
      answers.push({ error: String(error.message) });
    }
  }
  process.stdout.write(JSON.stringify(answers));
}

main().catch((error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
