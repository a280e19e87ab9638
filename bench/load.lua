-- wrk script: random ones of the requests that a file holds, one a line: method, path, headers as `name: value` joined by
-- ` | `, body, with tabs between them. Made whole before the load begins, so that the client costs little.
--   wrk ... -s load.lua URL -- FILE
local requests = {}
local threads = {}

function setup(thread) table.insert(threads, thread) end

function init(args)
  for line in io.lines(args[1]) do
    local method, path, headers, body = line:match("^([^\t]*)\t([^\t]*)\t([^\t]*)\t(.*)$")
    local given = {}
    for name, value in headers:gmatch("([%w-]+): ([^|]*[^| ])") do given[name] = value end
    table.insert(requests, wrk.format(method, path, given, body ~= "" and body or nil))
  end
  math.randomseed(os.time())
end

function request() return requests[math.random(#requests)] end

function done(summary, latency)
  local e = summary.errors
  io.write(string.format('JSON {"requests":%d,"seconds":%.4f,"p50":%.3f,"p99":%.3f,"bad":%d,"bytes":%.0f}\n',
    summary.requests, summary.duration / 1e6, latency:percentile(50) / 1000, latency:percentile(99) / 1000,
    e.status + e.connect + e.read + e.write + e.timeout, summary.bytes / math.max(summary.requests, 1)))
end
