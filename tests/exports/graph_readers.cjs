// Reads a graph file with a library of its format and prints what it found as JSON.
//
//   node graph_readers.cjs graphology|graphml|gexf|cytoscape FILE
//
// Prints {"nodes": {id: attributes}, "edges": {id: [source, target, attributes]}, "counts"}.
// graphology's parsers are those of Gephi Lite.
'use strict';

const fs = require('node:fs');

function fromGraphology(graph) {
  const nodes = graph.mapNodes((id, attributes) => [id, attributes]);
  const edges = graph.mapEdges((id, attributes, source, target) => [id, [source, target, attributes]]);
  return {
    nodes: Object.fromEntries(nodes),
    edges: Object.fromEntries(edges),
    counts: [graph.order, graph.size],
    directed: graph.directedSize === graph.size,
  };
}

function fromCytoscape(text) {
  const cytoscape = require('cytoscape');
  const drawn = cytoscape({ headless: true, styleEnabled: true, ...JSON.parse(text) });
  const nodes = drawn.nodes().map(node => [node.id(), {
    data: node.data(),
    position: node.position(),
    classes: node.classes(),
    colour: node.style('background-color'),
    shape: node.style('shape'),
    width: node.width(),
  }]);
  const edges = drawn.edges().map(edge => [
    edge.id(),
    [edge.source().id(), edge.target().id(), { ...edge.data(), classes: edge.classes() }],
  ]);
  return {
    nodes: Object.fromEntries(nodes),
    edges: Object.fromEntries(edges),
    counts: [drawn.nodes().length, drawn.edges().length],
    name: drawn.data('name'),
  };
}

const READERS = {
  graphology: text => fromGraphology(require('graphology').from(JSON.parse(text))),
  graphml: text => fromGraphology(require('graphology-graphml').parse(require('graphology'), text)),
  gexf: text => fromGraphology(require('graphology-gexf').parse(require('graphology'), text)),
  cytoscape: fromCytoscape,
};

const [reader, file] = process.argv.slice(2);
const found = READERS[reader](fs.readFileSync(file, 'utf8'));
// Cytoscape.js goes on drawing, headless or not, until the process ends
process.stdout.write(JSON.stringify(found), () => process.exit());
