// Reads a graph file with a library of its format and prints what it found as JSON.
//
//   node graph_readers.cjs graphology|graphml|gexf|cytoscape|d3 FILE
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

async function fromD3(text) {
  const { forceSimulation, forceLink } = await import('d3-force');
  const data = JSON.parse(text);
  const link = forceLink(data.edges).id(node => node.id);
  forceSimulation(data.nodes).force('link', link).stop();
  // each end of an edge is now the node itself, and each node has a velocity
  return {
    nodes: Object.fromEntries(data.nodes.map(node => [node.id, node])),
    edges: Object.fromEntries(data.edges.map(edge => [edge.key, [edge.source.id, edge.target.id, edge.label]])),
    counts: [data.nodes.length, data.edges.length],
  };
}

const READERS = {
  d3: fromD3,
  graphology: text => fromGraphology(require('graphology').from(JSON.parse(text))),
  graphml: text => fromGraphology(require('graphology-graphml').parse(require('graphology'), text)),
  gexf: text => fromGraphology(require('graphology-gexf').parse(require('graphology'), text)),
  cytoscape: fromCytoscape,
};

const [reader, file] = process.argv.slice(2);
Promise.resolve(READERS[reader](fs.readFileSync(file, 'utf8'))).then((found) => {
  // Cytoscape.js goes on drawing, headless or not, until the process ends
  process.stdout.write(JSON.stringify(found), () => process.exit());
});
