-- Reports for wrk: each with an id of its own, in turn about every problem of every thing in TARGETS ("/q/CODE problem" a line).
local targets = {}
for line in io.lines(os.getenv("TARGETS")) do
  local path, problem = line:match("(%S+) (%S+)")
  table.insert(targets, { path, problem })
end

local count = tonumber(os.getenv("FIRST"))

wrk.method = "POST"
wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"

function request()
  count = count + 1
  local target = targets[count % #targets + 1]
  return wrk.format(nil, target[1], nil, "id=minted-for-the-load-" .. count .. "&website=&problem=" .. target[2])
end
