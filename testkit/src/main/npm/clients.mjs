// Speaks to one MCP endpoint with an official client, and prints what it saw as one line of JSON.
// `node clients.mjs old|new WHERE ALLOWED ARGUMENTS REFUSED`, where WHERE is a URL, or the command of a stdio server as
// a JSON array.
const [which, where, allowed, args, refused] = process.argv.slice(2);

const { Client, StreamableHTTPClientTransport, StdioClientTransport } =
  which === 'new'
    ? {
        ...(await import('@modelcontextprotocol/client')),
        ...(await import('@modelcontextprotocol/client/stdio'))
      }
    : {
        ...(await import('@modelcontextprotocol/sdk/client/index.js')),
        ...(await import('@modelcontextprotocol/sdk/client/streamableHttp.js')),
        ...(await import('@modelcontextprotocol/sdk/client/stdio.js'))
      };

const options = which === 'new' ? { versionNegotiation: { mode: 'auto' } } : {};
const client = new Client({ name: 'peer', version: '1' }, options);
const transport = () => {
  if (!where.startsWith('[')) return new StreamableHTTPClientTransport(new URL(where));
  const [command, ...rest] = JSON.parse(where);
  return new StdioClientTransport({ command, args: rest });
};
await client.connect(transport());
const said = (result) => result.content.map((one) => one.text ?? '').join('');
const { tools } = await client.listTools();
const yes = await client.callTool({ name: allowed, arguments: JSON.parse(args) });
const no = await client.callTool({ name: refused, arguments: {} });
console.log(
  JSON.stringify({
    tools: tools.map((tool) => tool.name),
    revision: client.getNegotiatedProtocolVersion?.() ?? client.transport?.protocolVersion ?? '',
    allowed: said(yes),
    refused: said(no),
    refusedIsError: no.isError === true
  })
);
await client.close();
process.exit(0);
