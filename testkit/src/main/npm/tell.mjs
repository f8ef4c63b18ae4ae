// What the conformance suite runs as “the client”: tells a process of ours which scenario it is, and ends as that says.
// node tell.mjs PORT URL
const [port, url] = process.argv.slice(2);
const { MCP_CONFORMANCE_SCENARIO: scenario, MCP_CONFORMANCE_CONTEXT: context } = process.env;
const answer = await fetch(`http://127.0.0.1:${port}/`, {
  method: 'POST',
  body: JSON.stringify({ scenario, url, context: JSON.parse(context ?? '{}') }),
});
console.log(await answer.text());
process.exitCode = answer.ok ? 0 : 1;
