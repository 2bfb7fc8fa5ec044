-- A chat completion with a body of 1,024 bytes, for wrk; "done" prints one line of figures.
local head = '{"model":"bench","temperature":0.7,"max_tokens":200,"messages":[{"role":"system","content":"You are kind."},{"role":"user","content":"'
local tail = '"}]}'
local words = string.rep("The quick brown fox jumps over the lazy dog. ", 24)

wrk.method = "POST"
wrk.path = "/v1/chat/completions"
wrk.headers["Content-Type"] = "application/json"
wrk.headers["Authorization"] = "Bearer " .. (os.getenv("BENCH_KEY") or "bench")
wrk.body = head .. string.sub(words, 1, 1024 - #head - #tail) .. tail

function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format("requests=%d rps=%.1f p50_us=%d p99_us=%d errors=%d\n",
    summary.requests, summary.requests / summary.duration * 1e6,
    latency:percentile(50), latency:percentile(99),
    errors.status + errors.connect + errors.read + errors.write + errors.timeout))
end
