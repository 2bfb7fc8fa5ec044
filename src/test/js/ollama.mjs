// Calls one function of the official library: node ollama.mjs URL FUNCTION ARGUMENTS. Prints what comes back as one line
// of JSON: the answer, the list of parts of a stream, or {"failed": {name, message, status}}.
import { Ollama } from "ollama";

const [url, operation, json] = process.argv.slice(2);
const args = JSON.parse(json);
try {
  const answer = await new Ollama({ host: url })[operation](args);
  if (args?.stream) {
    const parts = [];
    for await (const part of answer) {
      parts.push(part);
    }
    print(parts);
  } else {
    print(answer);
  }
} catch (error) {
  print({ failed: { name: error.name, message: error.message, status: error.status_code ?? 0 } });
}

function print(document) {
  console.log(JSON.stringify(document));
}
