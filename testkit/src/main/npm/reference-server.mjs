// A small MCP server for both eras, made with the official packages, that has every tool, resource
// and prompt the conformance suite asks for: `/mcp` speaks every revision, `/legacy` only those
// with sessions. `node reference-server.mjs PORT`.
import { createServer } from 'node:http';
import { createHmac, randomUUID } from 'node:crypto';
import {
  Server,
  WebStandardStreamableHTTPServerTransport,
  createMcpHandler,
  isLegacyRequest
} from '@modelcontextprotocol/server';

const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==';
const SOUND = 'UklGRiYAAABXQVZFZm10IBAAAAABAAEAQB8AAAB9AAACABAAZGF0YQIAAAA=';
const SECRET = randomUUID();

const text = (said) => ({ type: 'text', text: said });
const answer = (...content) => ({ content });
const pause = () => new Promise((done) => setTimeout(done, 30));
const form = (name, schema, message) => ({
  method: 'elicitation/create',
  params: {
    mode: 'form',
    message,
    requestedSchema: { type: 'object', properties: { [name]: schema }, required: [name] }
  }
});
const completion = (question) => ({
  method: 'sampling/createMessage',
  params: { messages: [{ role: 'user', content: text(question) }], maxTokens: 50 }
});
const needed = (inputRequests, state) => ({
  resultType: 'input_required',
  inputRequests,
  ...(state === undefined ? {} : { requestState: sealed(state) })
});
const mac = (data) => createHmac('sha256', SECRET).update(data).digest('hex');
const sealed = (state) => {
  const data = JSON.stringify({ ...state, nonce: randomUUID() });
  return JSON.stringify({ data, mac: mac(data) });
};

class Fault extends Error {
  constructor(code, message, data) {
    super(message);
    this.code = code;
    this.data = data;
  }
}

function opened(sent) {
  if (sent === undefined) return undefined;
  try {
    const { data, mac: said } = JSON.parse(sent);
    if (said === mac(data)) return JSON.parse(data);
  } catch {
    // falls through
  }
  throw new Fault(-32602, 'requestState is not what was given out');
}

// What each tool does: (call) => result, where call has args, responses, state, capabilities, ctx.
const tools = {
  test_simple_text: () => answer(text('This is a simple text response for testing.')),
  test_image_content: () => answer({ type: 'image', data: PIXEL, mimeType: 'image/png' }),
  test_audio_content: () => answer({ type: 'audio', data: SOUND, mimeType: 'audio/wav' }),
  test_embedded_resource: () =>
    answer({
      type: 'resource',
      resource: { uri: 'test://embedded-resource', mimeType: 'text/plain', text: 'embedded' }
    }),
  test_multiple_content_types: () =>
    answer(
      text('Multiple content types test:'),
      { type: 'image', data: PIXEL, mimeType: 'image/png' },
      {
        type: 'resource',
        resource: {
          uri: 'test://mixed-content-resource',
          mimeType: 'application/json',
          text: '{"test":"data","value":123}'
        }
      }
    ),
  test_error_handling: () => ({
    ...answer(text('This tool intentionally returns an error for testing')),
    isError: true
  }),
  test_tool_with_logging: async ({ ctx }) => {
    for (const said of ['started', 'working', 'done']) {
      await ctx.mcpReq.notify({
        method: 'notifications/message',
        params: { level: 'info', data: said }
      });
      await pause();
    }
    return answer(text('logged'));
  },
  test_logging_tool: async ({ ctx }) => {
    await ctx.mcpReq.log('info', 'only where a level was asked for');
    return answer(text('logged'));
  },
  test_tool_with_progress: async ({ ctx }) => {
    const progressToken = ctx.mcpReq._meta?.progressToken;
    for (const progress of [0, 50, 100]) {
      if (progressToken !== undefined) {
        await ctx.mcpReq.notify({
          method: 'notifications/progress',
          params: { progressToken, progress, total: 100 }
        });
      }
      await pause();
    }
    return answer(text('progressed'));
  },
  test_streaming_elicitation: async (call) => {
    await tools.test_tool_with_progress(call);
    return answer(text('streamed'));
  },
  test_missing_capability: ({ capabilities }) => {
    if (!capabilities.sampling) {
      throw new Fault(-32021, 'sampling is needed', { requiredCapabilities: { sampling: {} } });
    }
    return answer(text('sampled'));
  },
  test_trigger_tool_change: ({ changed }) => changed('toolsChanged'),
  test_trigger_prompt_change: ({ changed }) => changed('promptsChanged'),

  // Questions in the middle of a call, as sessions ask them.
  test_sampling: async (call) => {
    const said = await asked(call, completion('Say something.'), 'requestSampling');
    return said.resultType ? said : answer(text(`LLM response: ${said.content.text}`));
  },
  test_elicitation: async (call) => {
    const said = await asked(call, form('username', { type: 'string' }, 'Who?'), 'elicitInput');
    return said.resultType ? said : answer(text(`User response: ${JSON.stringify(said)}`));
  },
  test_elicitation_sep1034_defaults: (call) =>
    elicited(call, {
      name: { type: 'string', default: 'John Doe' },
      age: { type: 'integer', default: 30 },
      score: { type: 'number', default: 95.5 },
      status: { type: 'string', enum: ['active', 'inactive', 'pending'], default: 'active' },
      verified: { type: 'boolean', default: true }
    }),
  test_elicitation_sep1330_enums: (call) => {
    const three = ['option1', 'option2', 'option3'];
    const titled = (kind) =>
      ['First', 'Second', 'Third'].map((one, n) => ({
        const: `value${n + 1}`,
        title: `${one} ${kind}`
      }));
    return elicited(call, {
      untitledSingle: { type: 'string', enum: three },
      titledSingle: { type: 'string', oneOf: titled('Option') },
      legacyEnum: {
        type: 'string',
        enum: ['opt1', 'opt2', 'opt3'],
        enumNames: ['Option One', 'Option Two', 'Option Three']
      },
      untitledMulti: { type: 'array', items: { type: 'string', enum: three } },
      titledMulti: { type: 'array', items: { anyOf: titled('Choice') } }
    });
  },

  // Questions between two rounds of a call, as the revision without sessions asks them.
  test_input_required_result_elicitation: ({ responses }) =>
    responses.user_name?.content?.name
      ? answer(text(`Hello, ${responses.user_name.content.name}!`))
      : needed({ user_name: form('name', { type: 'string' }, 'What is your name?') }),
  test_input_required_result_sampling: ({ responses }) =>
    responses.capital_question
      ? answer(responses.capital_question.content)
      : needed({ capital_question: completion('What is the capital of France?') }),
  test_input_required_result_list_roots: ({ responses }) =>
    responses.client_roots
      ? answer(text(JSON.stringify(responses.client_roots.roots)))
      : needed({ client_roots: { method: 'roots/list', params: {} } }),
  test_input_required_result_request_state: ({ responses, state }) =>
    responses.confirm && state?.kind === 'confirm'
      ? answer(text('state-ok'))
      : needed(
          { confirm: form('ok', { type: 'boolean' }, 'Please confirm') },
          { kind: 'confirm' }
        ),
  test_input_required_result_multiple_inputs: ({ responses, state }) =>
    responses.user_name && responses.greeting && responses.client_roots && state
      ? answer(text('all three'))
      : needed(
          {
            user_name: form('name', { type: 'string' }, 'What is your name?'),
            greeting: completion('Generate a greeting'),
            client_roots: { method: 'roots/list', params: {} }
          },
          { kind: 'three' }
        ),
  test_input_required_result_multi_round: ({ responses, state }) => {
    if (state?.round === 1 && responses.step1) {
      return needed(
        { step2: form('color', { type: 'string' }, 'Step 2: What is your favorite color?') },
        { round: 2, name: responses.step1.content?.name }
      );
    }
    if (state?.round === 2 && responses.step2) {
      return answer(text(`${state.name} likes ${responses.step2.content?.color}`));
    }
    return needed(
      { step1: form('name', { type: 'string' }, 'Step 1: What is your name?') },
      { round: 1 }
    );
  },
  test_input_required_result_tampered_state: ({ responses, state }) =>
    responses.confirm && state
      ? answer(text('integrity-ok'))
      : needed({ confirm: form('ok', { type: 'boolean' }, 'Please confirm') }, { kind: 't' }),
  test_input_required_result_capabilities: ({ responses, capabilities }) => {
    if (Object.keys(responses).length > 0) return answer(text('capabilities-ok'));
    const asked = {};
    if (capabilities.elicitation) asked.elicit = form('value', { type: 'string' }, 'Value?');
    if (capabilities.sampling) asked.sample = completion('Sample request');
    return Object.keys(asked).length > 0
      ? needed(asked, { kind: 'c' })
      : answer(text('nothing can be asked'));
  },
  test_x_mcp_header: ({ args }) => answer(text(`region ${args.region}`)),
  json_schema_2020_12_tool: ({ args }) => answer(text(JSON.stringify(args)))
};

// Asks in the middle of a call where that can be done, and between two rounds where not.
async function asked({ ctx, modern, responses }, question, how) {
  if (!modern) return ctx.mcpReq[how](question.params);
  return responses.asked ?? needed({ asked: question });
}

async function elicited(call, properties) {
  const question = {
    method: 'elicitation/create',
    params: {
      mode: 'form',
      message: 'Please review',
      requestedSchema: { type: 'object', properties, required: [] }
    }
  };
  const said = await asked(call, question, 'elicitInput');
  if (said.resultType) return said;
  const content = JSON.stringify(said.content ?? {});
  return answer(text(`Elicitation completed: action=${said.action}, content=${content}`));
}

const schemas = {
  test_sampling: { type: 'object', properties: { prompt: { type: 'string' } } },
  test_elicitation: { type: 'object', properties: { message: { type: 'string' } } },
  test_x_mcp_header: {
    type: 'object',
    properties: { region: { type: 'string', 'x-mcp-header': 'Region' } },
    required: ['region']
  },
  json_schema_2020_12_tool: {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    type: 'object',
    $defs: {
      address: {
        $anchor: 'addressDef',
        type: 'object',
        properties: { street: { type: 'string' }, city: { type: 'string' } }
      }
    },
    properties: {
      name: { type: 'string' },
      address: { $ref: '#/$defs/address' },
      contactMethod: { type: 'string', enum: ['phone', 'email'] },
      phone: { type: 'string' },
      email: { type: 'string' }
    },
    allOf: [{ anyOf: [{ required: ['phone'] }, { required: ['email'] }] }],
    if: { properties: { contactMethod: { const: 'phone' } }, required: ['contactMethod'] },
    then: { required: ['phone'] },
    else: { required: ['email'] },
    additionalProperties: false
  }
};

const prompts = {
  test_simple_prompt: () => [text('This is a simple prompt for testing.')],
  test_prompt_with_arguments: ({ arg1, arg2 }) => [
    text(`Prompt with arguments: arg1='${arg1}', arg2='${arg2}'`)
  ],
  test_prompt_with_embedded_resource: ({ resourceUri }) => [
    {
      type: 'resource',
      resource: { uri: resourceUri, mimeType: 'text/plain', text: 'Embedded resource content.' }
    },
    text('Please process the embedded resource above.')
  ],
  test_prompt_with_image: () => [
    { type: 'image', data: PIXEL, mimeType: 'image/png' },
    text('Please analyze the image above.')
  ]
};
const promptArguments = {
  test_prompt_with_arguments: ['arg1', 'arg2'],
  test_prompt_with_embedded_resource: ['resourceUri']
};

const resources = {
  'test://static-text': { mimeType: 'text/plain', text: 'The static text resource.' },
  'test://static-binary': { mimeType: 'image/png', blob: PIXEL },
  'test://watched-resource': { mimeType: 'text/plain', text: 'Watched.' }
};

function read(uri) {
  const template = /^test:\/\/template\/([^/]+)\/data$/.exec(uri);
  if (template) {
    const said = JSON.stringify({ id: template[1], templateTest: true, data: `ID: ${template[1]}` });
    return { uri, mimeType: 'application/json', text: said };
  }
  if (resources[uri] === undefined) throw new Fault(-32602, 'Resource not found', { uri });
  return { uri, ...resources[uri] };
}

let notify = () => {};

function server(era) {
  const modern = era === 'modern';
  const one = new Server(
    { name: 'reference', version: '1.0.0' },
    {
      capabilities: {
        tools: { listChanged: true },
        prompts: { listChanged: true },
        resources: { subscribe: true, listChanged: true },
        completions: {},
        logging: {}
      }
    }
  );
  const cached = modern ? { ttlMs: 300000, cacheScope: 'public' } : {};
  const on = (method, work) => one.setRequestHandler(method, work);
  on('tools/list', () => ({
    tools: Object.keys(tools).map((name) => ({
      name,
      description: `The tool ${name}`,
      inputSchema: schemas[name] ?? { type: 'object', properties: {} }
    })),
    ...cached
  }));
  on('tools/call', (request, ctx) => {
    const tool = tools[request.params.name];
    if (tool === undefined) throw new Fault(-32602, `Unknown tool: ${request.params.name}`);
    return tool({
      args: request.params.arguments ?? {},
      responses: ctx.mcpReq.inputResponses ?? {},
      state: modern ? opened(ctx.mcpReq.requestState()) : undefined,
      capabilities: modern
        ? (ctx.mcpReq.envelope?.['io.modelcontextprotocol/clientCapabilities'] ?? {})
        : (one.getClientCapabilities() ?? {}),
      changed: (kind) => {
        notify(kind);
        return answer(text('changed'));
      },
      modern,
      ctx
    });
  });
  on('prompts/list', () => ({
    prompts: [...Object.keys(prompts), ...(modern ? ['test_input_required_result_prompt'] : [])].map(
      (name) => ({
        name,
        description: `The prompt ${name}`,
        arguments: (promptArguments[name] ?? []).map((each) => ({ name: each, required: true }))
      })
    ),
    ...cached
  }));
  on('prompts/get', (request, ctx) => {
    const { name } = request.params;
    if (modern && name === 'test_input_required_result_prompt') {
      const said = ctx.mcpReq.inputResponses?.user_context?.content?.context;
      return said === undefined
        ? needed({ user_context: form('context', { type: 'string' }, 'Which context?') })
        : { messages: [{ role: 'user', content: text(`Prompt with context: ${said}`) }] };
    }
    if (prompts[name] === undefined) throw new Fault(-32602, `Unknown prompt: ${name}`);
    const content = prompts[name](request.params.arguments ?? {});
    return { messages: content.map((each) => ({ role: 'user', content: each })) };
  });
  on('resources/list', () => ({
    resources: Object.keys(resources).map((uri) => ({
      uri,
      name: uri.slice('test://'.length),
      mimeType: resources[uri].mimeType
    })),
    ...cached
  }));
  on('resources/templates/list', () => ({
    resourceTemplates: [
      { name: 'template', uriTemplate: 'test://template/{id}/data', mimeType: 'application/json' }
    ],
    ...cached
  }));
  on('resources/read', (request) => ({
    contents: [read(request.params.uri)],
    ...(modern ? { ttlMs: 300000, cacheScope: 'private' } : {})
  }));
  on('completion/complete', () => ({ completion: { values: [], total: 0, hasMore: false } }));
  if (!modern) {
    on('resources/subscribe', () => ({}));
    on('resources/unsubscribe', () => ({}));
  }
  return one;
}

const modern = createMcpHandler(() => server('modern'), { legacy: 'reject' });
notify = (kind) => modern.notify[kind]();

const sessions = new Map();

async function legacy(request) {
  const name = request.headers.get('mcp-session-id');
  if (name !== null) {
    const known = sessions.get(name);
    return known === undefined
      ? new Response('{"jsonrpc":"2.0","id":null,"error":{"code":-32001,"message":"no session"}}', {
          status: 404,
          headers: { 'content-type': 'application/json' }
        })
      : known.handleRequest(request);
  }
  const transport = new WebStandardStreamableHTTPServerTransport({
    sessionIdGenerator: randomUUID,
    onsessioninitialized: (given) => void sessions.set(given, transport),
    onsessionclosed: (given) => void sessions.delete(given)
  });
  await server('legacy').connect(transport);
  return transport.handleRequest(request);
}

const own = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

async function serve(incoming, outgoing) {
  const { host, origin } = incoming.headers;
  if (!own.test(host ?? '') || (origin && !own.test(new URL(origin).host))) {
    outgoing.writeHead(403).end();
    return;
  }
  const parts = [];
  for await (const part of incoming) parts.push(part);
  const gone = new AbortController();
  outgoing.on('close', () => gone.abort());
  const request = new Request(`http://${host}${incoming.url}`, {
    method: incoming.method,
    headers: Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]),
    body: parts.length > 0 ? Buffer.concat(parts) : undefined,
    signal: gone.signal
  });
  const old =
    incoming.url === '/legacy' ||
    incoming.method !== 'POST' ||
    (await isLegacyRequest(request));
  const response = await (old ? legacy(request) : modern.fetch(request));
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  if (response.body !== null) {
    for await (const part of response.body) outgoing.write(part);
  }
  outgoing.end();
}

createServer((incoming, outgoing) => {
  serve(incoming, outgoing).catch(() => {
    if (!outgoing.headersSent) outgoing.writeHead(500);
    outgoing.end();
  });
}).listen(Number(process.argv[2]), '127.0.0.1', () => console.log('ready'));
