// Tells the story of every area with RosaeNLG, so many times over, and says how long each took.
//
//     node run.js FACTS.json ARTICLES.json ROUNDS
//
// RosaeNLG is found by NODE_PATH. The template is compiled once, before anything is timed.

'use strict';

const fs = require('fs');
const path = require('path');
const rosaenlg = require('rosaenlg');

const LANGUAGE = 'en_US'; // the only English that it has

function tell(template, areas) {
  // The state of one text is in its NlgLib: each text has to have one of its own.
  return areas.map((area) => template({ area, util: new rosaenlg.NlgLib({ language: LANGUAGE }) }));
}

function main(facts, articles, rounds) {
  const areas = JSON.parse(fs.readFileSync(facts, 'utf8'));
  const template = rosaenlg.compileFile(path.join(__dirname, 'article.pug'), { language: LANGUAGE });
  const seconds = [];
  let texts = [];
  for (let round = 0; round < rounds; round += 1) {
    const begun = process.hrtime.bigint();
    texts = tell(template, areas);
    seconds.push(Number(process.hrtime.bigint() - begun) / 1e9);
  }
  const { version } = require('rosaenlg/package.json');
  fs.writeFileSync(articles, JSON.stringify({ version, texts, seconds }));
}

try {
  main(process.argv[2], process.argv[3], Number(process.argv[4]));
} catch (error) {
  process.stderr.write(`${error.message}\n`); // its last line is what the template has to say
  process.exitCode = 1;
}
