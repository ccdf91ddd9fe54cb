-- Send reports with wrk as people do: each form has a stamp, and makes one report of each problem of one asset.
-- TARGETS has a line "/q/CODE problem" for each report, sorted by asset. STAMPS has one stamp a line; skip FIRST of them.
local targets, problems = {}, 0
for line in io.lines(os.getenv("TARGETS")) do
  local path, problem = line:match("(%S+) (%S+)")
  table.insert(targets, { path, problem })
  if path == targets[1][1] then problems = problems + 1 end
end

local stamps, share = {}, tonumber(os.getenv("SHARE"))
local file = assert(io.open(os.getenv("STAMPS")))
file:seek("set", tonumber(os.getenv("FIRST")) * (#file:read("*l") + 1))
for number = 1, share do
  stamps[number] = assert(file:read("*l"), "too few stamps")
end
file:close()

local count = 0

wrk.method = "POST"
wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"

function request()
  local target = targets[count % #targets + 1]
  local stamp = stamps[math.floor(count / problems) % share + 1]
  count = count + 1
  return wrk.format(nil, target[1], nil, "id=" .. stamp .. "&website=&problem=" .. target[2])
end
