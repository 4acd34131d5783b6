// Prints what Neo4j's language support finds wrong with scripts of Cypher: a list for each, as JSON.
//
//   node cypher_linter.cjs FILE...
'use strict';

const fs = require('node:fs');
const { lintCypherQuery } = require('@neo4j-cypher/language-support');

const found = process.argv.slice(2).map(path => {
  const { diagnostics } = lintCypherQuery(fs.readFileSync(path, 'utf8'), {});
  return diagnostics.map(each => each.message);
});
process.stdout.write(JSON.stringify(found));
