// Reads an RDF file with a JavaScript library and prints its statements as N-Quads.
//
//   node rdf_readers.cjs FORMAT FILE
//
// N3.js reads N-Triples, N-Quads, Turtle and TriG, rdfxml-streaming-parser RDF/XML, jsonld.js
// JSON-LD. Nothing is fetched: a JSON-LD document has to hold its context.
'use strict';

const fs = require('fs');

async function quads(format, text) {
  const { Writer, Parser } = require('n3');
  if (format === 'jsonld') {
    const jsonld = require('jsonld');
    const documentLoader = (url) => Promise.reject(new Error(`it asks for ${url}`));
    return jsonld.toRDF(JSON.parse(text), { format: 'application/n-quads', documentLoader });
  }
  let found;
  if (format === 'rdfxml') {
    const { RdfXmlParser } = require('rdfxml-streaming-parser');
    found = await new Promise((resolve, reject) => {
      const parser = new RdfXmlParser({ strict: true });
      const all = [];
      parser.on('data', quad => all.push(quad)).on('error', reject).on('end', () => resolve(all));
      parser.end(text);
    });
  } else {
    found = new Parser({ format, blankNodePrefix: '_:' }).parse(text);
  }
  const writer = new Writer({ format: 'N-Quads' });
  return found.map(({ subject, predicate, object, graph }) => (
    writer.quadToString(subject, predicate, object, graph)
  )).join('');
}

quads(process.argv[2], fs.readFileSync(process.argv[3], 'utf8')).then(
  (text) => fs.writeSync(1, text) && process.exit(0),
  (error) => {
    process.stderr.write(`${error.stack}\n`);
    process.exit(1);
  },
);
