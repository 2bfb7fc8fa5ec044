"""Asks a running gateway with OpenAI's own client, whole and as a stream.

    pip install openai
    python examples/chat.py [base URL, by default http://localhost:8080/v1]

DRAWBRIDGE_ADMIN_KEY is sent as the key where it is set.
"""

import os
import sys

from openai import OpenAI

client = OpenAI(
    base_url=sys.argv[1] if len(sys.argv) > 1 else "http://localhost:8080/v1",
    api_key=os.environ.get("DRAWBRIDGE_ADMIN_KEY", "none"),
)
question = [{"role": "user", "content": "What is a drawbridge?"}]

answer = client.chat.completions.create(model="demo", messages=question)
print(answer.choices[0].message.content)
print(answer.usage.total_tokens, "tokens")

for chunk in client.chat.completions.create(model="demo", messages=question, stream=True):
    if chunk.choices:
        print(chunk.choices[0].delta.content or "", end="", flush=True)
print()
