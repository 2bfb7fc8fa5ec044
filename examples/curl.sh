#!/usr/bin/env bash
# Asks a running gateway with curl: models, an answer, a stream, embeddings.
#
#   examples/curl.sh [base URL, by default http://localhost:8080/v1]
#
# DRAWBRIDGE_ADMIN_KEY is sent as the key where it is set.
set -euo pipefail
url=${1:-http://localhost:8080/v1}
key=${DRAWBRIDGE_ADMIN_KEY:-none}

# Fails with the gateway's own words where it refuses.
ask() {
    curl -sS --fail-with-body -H "Authorization: Bearer $key" -H "Content-Type: application/json" "$@"
    echo
}

echo "Models:"
ask "$url/models"

echo "An answer:"
ask "$url/chat/completions" -d '{"model": "demo", "messages": [{"role": "user", "content": "What is a drawbridge?"}]}'

echo "A stream:"
ask -N "$url/chat/completions" \
    -d '{"model": "demo", "stream": true, "messages": [{"role": "user", "content": "Hello"}]}'

echo "Embeddings:"
ask "$url/embeddings" -d '{"model": "demo-embedding", "input": ["one", "two"], "dimensions": 4}'
